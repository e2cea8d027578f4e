import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one stage of a Dockerfile does, in the words of the file. */
export interface Stage {
  readonly base: string;
  readonly name: string;
  readonly copies: readonly {
    readonly from: string | null;
    readonly sources: readonly string[];
    readonly to: string;
  }[];
  readonly runs: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: string | null;
  readonly volumes: readonly string[];
  readonly healthcheck: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
}

/** The stages of a Dockerfile that uses only the instructions below; throws for any other, so that none is overlooked. */
export function readDockerfile(directory: string): readonly Stage[] {
  const text = readFileSync(join(directory, 'Dockerfile'), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, instruction = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (instruction === 'FROM') {
      const [base = '', , name = ''] = rest.split(' ');
      stages.push({ ...emptyStage, base, name });
    } else {
      const stage = stages.pop();
      if (stage === undefined) throw new Error(`Expected FROM first, got ${line}`);
      stages.push({ ...stage, ...apply(stage, instruction, rest) });
    }
  }
  return stages;
}

const emptyStage: Stage = {
  base: '',
  name: '',
  copies: [],
  runs: [],
  env: {},
  user: null,
  volumes: [],
  healthcheck: null,
  entrypoint: null,
};

function apply(stage: Stage, instruction: string, rest: string): Partial<Stage> {
  switch (instruction) {
    case 'COPY': {
      const words = rest.split(' ');
      const from = words[0]?.startsWith('--from=') ? words[0].slice('--from='.length) : null;
      const paths = from === null ? words : words.slice(1);
      return { copies: [...stage.copies, { from, sources: paths.slice(0, -1), to: paths.at(-1) ?? '' }] };
    }
    case 'RUN':
      return { runs: [...stage.runs, rest] };
    case 'ENV': {
      const [name = '', value = ''] = rest.split('=');
      return { env: { ...stage.env, [name]: value } };
    }
    case 'USER':
      return { user: rest };
    case 'VOLUME':
      return { volumes: [...stage.volumes, rest] };
    case 'HEALTHCHECK':
      return { healthcheck: JSON.parse(rest.slice(rest.indexOf('['))) as string[] };
    case 'ENTRYPOINT':
      return { entrypoint: JSON.parse(rest) as string[] };
    case 'WORKDIR':
    case 'EXPOSE':
      return {};
    default:
      throw new Error(`Expected an instruction that this reader knows, got ${instruction} ${rest}`);
  }
}
