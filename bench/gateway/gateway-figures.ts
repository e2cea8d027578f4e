import { percentile } from '../percentile.ts';
import { askOnce, encodeRequest } from './load.ts';
import { type MeasuredProcess } from './measured-process.ts';
import { type Stage } from './stage.ts';
import { type GatewayFigures } from './targets.ts';
import { VARIANTS } from './variants.ts';
import { type GraphqlRequest, SUMMARIES, WORKLOADS } from './workloads.ts';

const STARTS = 3;

/** What is measured once, of the gateway alone. To be called last: its memory is told as it is after everything else. */
export async function measureGateway(stage: Stage): Promise<GatewayFigures> {
  const gateway = stage.servers.get('product');
  if (!gateway) throw new Error('Expected the gateway among the servers, got none');
  await stage.takeCounts();
  await ask(gateway, SUMMARIES);
  const { calls } = await stage.takeCounts();
  const { rssMib } = await gateway.usage();
  const startsMs: number[] = [];
  for (let start = 0; start < STARTS; start++) startsMs.push(await measureStart(stage));
  return {
    listCalls: Object.values(calls).reduce((sum, count) => sum + count, 0),
    rssMib,
    firstAnswerMs: percentile(startsMs, 0.5),
  };
}

async function measureStart(stage: Stage): Promise<number> {
  const gateway = await stage.startServer(VARIANTS.product.args);
  await ask(gateway, WORKLOADS.oneDetector.requests[0]);
  const elapsedMs = performance.now() - gateway.startedAtMs;
  await gateway.stop();
  return elapsedMs;
}

async function ask({ url }: MeasuredProcess, request: GraphqlRequest | undefined): Promise<void> {
  if (request) await askOnce(Number(url.port), encodeRequest(url.pathname, request));
}
