import { HIVE_WORKLOADS } from './hive-dialect.ts';
import { type VariantName } from './variants.ts';
import { type GraphqlRequest, type WorkloadName, WORKLOADS } from './workloads.ts';

/** What a variant is asked for a workload; null: it cannot answer it. */
export function requestsOf(variant: VariantName, workload: WorkloadName): readonly GraphqlRequest[] | null {
  return variant === 'hive' ? (HIVE_WORKLOADS[workload]?.requests ?? null) : WORKLOADS[workload].requests;
}
