import { type Cell, type Group } from './measure.ts';
import { type VariantName, VARIANTS } from './variants.ts';
import { type WorkloadName, WORKLOADS } from './workloads.ts';

/** What a run measures. The numbers of `subscriptions` and `detectors` are those whose growth is looked at. */
export interface Plan {
  readonly groups: readonly Group[];
  /** Those whose latencies are compared at one rate. */
  readonly paced: readonly WorkloadName[];
  readonly rounds: number;
  readonly sliceMs: number;
  /** A server has used so much on a workload before that is timed. */
  readonly warmUpCpuMs: number;
  readonly subscriptions: readonly number[];
  readonly detectors: readonly number[];
}

const ALL_VARIANTS = Object.keys(VARIANTS) as VariantName[];
const ALL_WORKLOADS = Object.keys(WORKLOADS) as WorkloadName[];

/** For those that no other group has: what is shared from four clients on, what is asked twice, and what a slow upstream costs. */
const SHARED: readonly Group[] = [
  group('devicePage', 4, 0, ['product', 'rawProxy']),
  group('devicePage', 1, 10, ['product']),
];

/** The whole matrix. */
export const FULL_PLAN: Plan = {
  groups: [
    ...ALL_WORKLOADS.flatMap((workload) =>
      [0, 20].flatMap((latencyMs) =>
        [1, 16, 64].map((connections) => group(workload, connections, latencyMs, ALL_VARIANTS)),
      ),
    ),
    ...SHARED,
  ],
  paced: ALL_WORKLOADS,
  rounds: 5,
  sliceMs: 500,
  warmUpCpuMs: 1500,
  subscriptions: [0, 1000, 10_000],
  detectors: [1000, 100_000],
};

/** Most workloads once, and what most targets need, in less than two minutes. The longest are left to a full run: 20 pages, and what is naive. */
export const QUICK_PLAN: Plan = {
  groups: [
    ...(['oneDetector', 'list', 'dashboard', 'update'] as const).map((workload) =>
      group(
        workload,
        16,
        0,
        ALL_VARIANTS.filter((variant) => variant !== 'apolloNaive'),
      ),
    ),
    group('devicePage', 1, 0, ALL_VARIANTS),
    group('devicePage', 16, 20, ['product']),
    ...SHARED,
  ],
  paced: ['oneDetector'],
  rounds: 3,
  sliceMs: 250,
  warmUpCpuMs: 400,
  subscriptions: [0, 1000],
  detectors: [1000, 10_000],
};

/** The rate is half of what the usual stack, Apollo with DataLoader, can do. */
const PACED_SHARE = 0.5;
const PACED_CONNECTIONS = 64;

/** The groups that compare latencies at one rate, from the cells that were measured as fast as it went. */
export function pacedGroups(plan: Plan, cells: readonly Cell[]): Group[] {
  return plan.paced.flatMap((workload) => {
    const peer = cells.find((cell) => cell.workload === workload && cell.variant === 'apollo' && cell.latencyMs === 0);
    if (!peer) return [];
    const perSecond = Math.max(1, Math.round(PACED_SHARE * Math.min(...peer.requestsPerSecond)));
    return [{ ...group(workload, PACED_CONNECTIONS, 0, ALL_VARIANTS), perSecond }];
  });
}

function group(
  workload: WorkloadName,
  connections: number,
  latencyMs: number,
  variants: readonly VariantName[],
): Group {
  return { workload, connections, latencyMs, variants, perSecond: null };
}
