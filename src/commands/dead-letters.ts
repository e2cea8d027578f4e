import { UsageError } from '../command-line.ts';
import { type Settings } from '../settings.ts';
import { type DeadLetter } from '../dataplane/runtime/dead-letters.ts';
import { requestDataplane } from './request-dataplane.ts';

/** Where "fleetgraph dataplane" and "serve" listen by default. */
const DEFAULT_ENDPOINT = 'http://127.0.0.1:4010';
const PATH = '/fleetgraph/dead-letters';

/** Lists the actions that were given up, or has them performed again. Answers the exit code: 1 if an id names none. */
export async function deadLetters([verb = 'list', ...ids]: readonly string[], settings: Settings): Promise<0 | 1> {
  const endpoint = settings.endpoint ?? DEFAULT_ENDPOINT;
  if (verb === 'list' && ids.length === 0) return list(endpoint, settings);
  if (verb !== 'retry') throw new UsageError(`Expected list, or retry and ids, got "${[verb, ...ids].join(' ')}"`);
  const wrong = ids.find((id) => !/^[1-9][0-9]{0,14}$/.test(id));
  if (wrong !== undefined) throw new UsageError(`Expected the id of a dead letter, got "${wrong}"`);
  const body = ids.length === 0 ? { all: true } : { ids: ids.map(Number) };
  const { retried } = (await requestDataplane(endpoint, settings, {
    method: 'POST',
    path: `${PATH}/retry`,
    body,
  })) as { readonly retried: number };
  const text = `${retried} ${retried === 1 ? 'is' : 'are'} performed again\n`;
  process.stdout.write(settings.json ? `${JSON.stringify({ retried })}\n` : text);
  const missing = Math.max(0, ids.length - retried);
  if (missing === 0) return 0;
  const verbForm = missing === 1 ? 'is' : 'are';
  process.stderr.write(`Expected the ids of dead letters, but ${missing} of ${ids.length} ${verbForm} none\n`);
  return 1;
}

async function list(endpoint: string, settings: Settings): Promise<0> {
  const letters: DeadLetter[] = [];
  let nextToken: string | undefined;
  do {
    const query = nextToken === undefined ? '' : `nextToken=${nextToken}`;
    const page = (await requestDataplane(endpoint, settings, { method: 'GET', path: PATH, query })) as {
      readonly deadLetters: readonly DeadLetter[];
      readonly nextToken?: string;
    };
    letters.push(...page.deadLetters);
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  const text = letters.length === 0 ? 'No dead letters\n' : letters.map(describe).join('');
  process.stdout.write(settings.json ? `${JSON.stringify(letters)}\n` : text);
  return 0;
}

function describe({ id, source, effect, attempts, reason, diedAtMs }: DeadLetter): string {
  const action = typeof effect === 'string' ? 'a damaged action' : `${effect.type} ${effect.target}`;
  return `${id}  ${new Date(diedAtMs).toISOString()}  ${action}\n    of ${source}, after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}: ${reason}\n`;
}
