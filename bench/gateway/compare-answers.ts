import { isDeepStrictEqual } from 'node:util';
import { askOnce, encodeRequest } from './load.ts';
import { type Stage } from './stage.ts';
import { type WorkloadName, WORKLOADS } from './workloads.ts';

/** Asks every variant the first and the last request of each workload. Rejects unless all answer the same data. */
export async function compareAnswers(stage: Stage, workloads: readonly WorkloadName[]): Promise<void> {
  for (const workload of workloads) {
    const { requests } = WORKLOADS[workload];
    for (const request of [requests[0], requests.at(-1)]) {
      if (!request) continue;
      let first: { readonly variant: string; readonly answer: unknown } | null = null;
      for (const [variant, server] of stage.servers) {
        const answer = await askOnce(Number(server.url.port), encodeRequest(server.url.pathname, request));
        first ??= { variant, answer };
        if (isDeepStrictEqual(answer, first.answer)) continue;
        const [got, expected] = [answer, first.answer].map((data) => JSON.stringify(data).slice(0, 600));
        throw new Error(`${workload}: expected ${variant} to answer as ${first.variant}, ${expected}, got ${got}`);
      }
    }
  }
}
