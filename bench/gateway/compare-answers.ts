import { isDeepStrictEqual } from 'node:util';
import { HIVE_WORKLOADS } from './hive-dialect.ts';
import { askOnce, encodeRequest } from './load.ts';
import { requestsOf } from './requests-of.ts';
import { type Stage } from './stage.ts';
import { type WorkloadName } from './workloads.ts';

/** Asks every variant the first and the last request of each workload that it can answer. Rejects unless all answer the same data. */
export async function compareAnswers(stage: Stage, workloads: readonly WorkloadName[]): Promise<void> {
  for (const workload of workloads) {
    for (const place of [0, -1]) {
      let first: { readonly variant: string; readonly data: unknown } | null = null;
      for (const [variant, server] of stage.servers) {
        const request = requestsOf(variant, workload)?.at(place);
        if (!request) continue;
        const answer = await askOnce(Number(server.url.port), encodeRequest(server.url.pathname, request));
        const { data: given } = answer as { readonly data: unknown };
        const data = variant === 'hive' ? HIVE_WORKLOADS[workload]?.toContract(given as never, request) : given;
        first ??= { variant, data };
        if (isDeepStrictEqual(data, first.data)) continue;
        const [got, expected] = [data, first.data].map((value) => JSON.stringify(value).slice(0, 600));
        throw new Error(`${workload}: expected ${variant} to answer as ${first.variant}, ${expected}, got ${got}`);
      }
    }
  }
}
