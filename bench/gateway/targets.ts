import { type Cell } from './measure.ts';
import { cpuRatio, spreadText } from './ratio.ts';
import { type VariantName, VARIANTS } from './variants.ts';
import { type WorkloadName, WORKLOADS } from './workloads.ts';

/** What the gateway is to reach, what it has, and whether that is enough. */
export interface Outcome {
  readonly title: string;
  readonly target: string;
  readonly figure: string;
  readonly met: boolean;
}

/** What is measured once, of the gateway alone. */
export interface GatewayFigures {
  /** For 100 devices' detectors of one model, asked for one by one. */
  readonly listCalls: number;
  readonly rssMib: number;
  readonly firstAnswerMs: number;
}

/** The CPU of the gateway beside that of another: `times` less than it, or at most `times` as much. */
interface CpuTarget {
  readonly workload: WorkloadName;
  readonly connections: number;
  readonly beside: VariantName;
  readonly is: 'less' | 'atMost';
  readonly times: number;
}

const CPU_TARGETS: readonly CpuTarget[] = [
  { workload: 'oneDetector', connections: 16, beside: 'apollo', is: 'less', times: 5 },
  { workload: 'oneDetector', connections: 16, beside: 'rawProxy', is: 'atMost', times: 1.7 },
  { workload: 'oneDetector', connections: 16, beside: 'mercurius', is: 'atMost', times: 1.2 },
  { workload: 'devicePage', connections: 1, beside: 'apollo', is: 'less', times: 6.5 },
  { workload: 'devicePage', connections: 1, beside: 'apolloNaive', is: 'less', times: 12 },
  { workload: 'devicePage', connections: 1, beside: 'rawProxy', is: 'atMost', times: 1.25 },
  { workload: 'devicePage', connections: 1, beside: 'mercurius', is: 'atMost', times: 1 },
  { workload: 'devicePage', connections: 4, beside: 'rawProxy', is: 'atMost', times: 1 },
  { workload: 'devicePages', connections: 64, beside: 'apollo', is: 'less', times: 9 },
  { workload: 'list', connections: 16, beside: 'apollo', is: 'less', times: 5.5 },
  { workload: 'list', connections: 16, beside: 'rawProxy', is: 'atMost', times: 1.6 },
  { workload: 'list', connections: 16, beside: 'mercurius', is: 'atMost', times: 1 },
  { workload: 'update', connections: 16, beside: 'apollo', is: 'less', times: 4.5 },
  { workload: 'update', connections: 16, beside: 'mercurius', is: 'atMost', times: 1.2 },
];

/** Below this a ratio of latencies is a tie: the same server differs as much from itself. */
const TIE = 1.25;

/** Every target whose figures were measured. */
export function checkTargets(cells: readonly Cell[], gateway: GatewayFigures): Outcome[] {
  const find = (workload: WorkloadName, variant: VariantName, connections: number, latencyMs: number) =>
    cells.find(
      (cell) =>
        cell.workload === workload &&
        cell.variant === variant &&
        cell.connections === connections &&
        cell.latencyMs === latencyMs &&
        cell.perSecond === null,
    );
  const slow = find('devicePage', 'product', 1, 10);
  const shared = find('devicePage', 'product', 16, 20);
  return [
    ...CPU_TARGETS.flatMap((target) => {
      const product = find(target.workload, 'product', target.connections, 0);
      const other = find(target.workload, target.beside, target.connections, 0);
      return product && other ? [cpuOutcome(target, product, other)] : [];
    }),
    ...pacedOutcomes(cells),
    ...(slow ? [atMost('Device page, 1 client, 10 ms upstream: p50 in round trips', slow.p50Ms / 10, 1.7, 2)] : []),
    ...(shared ? [atMost('Device page, 16 clients: calls for what is already asked', shared.repeatedCalls, 0, 0)] : []),
    atMost('Summaries of 100 detectors, asked one by one: upstream calls', gateway.listCalls, 2, 0),
    atMost('Resident memory after the whole bench, MiB', gateway.rssMib, 150, 0),
    atMost('From start to the first answer, ms', gateway.firstAnswerMs, 1000, 0),
  ];
}

function cpuOutcome({ workload, connections, beside, is, times }: CpuTarget, product: Cell, other: Cell): Outcome {
  const ratio = is === 'less' ? cpuRatio(other, product) : cpuRatio(product, other);
  const clients = connections === 1 ? '1 client' : `${connections} clients`;
  return {
    title: `${WORKLOADS[workload].title}, ${clients}: CPU beside ${VARIANTS[beside].title}`,
    target: is === 'less' ? `${times} times less` : `at most ${times} times`,
    figure: spreadText(ratio, 2),
    met: is === 'less' ? ratio.median >= times : ratio.median <= times,
  };
}

/** At the same rate, no peer is to have a better p99. The limit is no peer. */
function pacedOutcomes(cells: readonly Cell[]): Outcome[] {
  return cells.flatMap((product) => {
    if (product.perSecond === null || product.variant !== 'product') return [];
    const peers = cells.filter(
      ({ workload, perSecond, variant }) =>
        workload === product.workload && perSecond !== null && variant !== 'product' && variant !== 'rawProxy',
    );
    const best = Math.min(...peers.map((peer) => peer.p99Ms));
    const title = `${WORKLOADS[product.workload].title}, ${product.perSecond}/s: p99 beside the best peer's, ${best.toFixed(1)} ms`;
    return [{ ...atMost(title, product.p99Ms / best, TIE, 2), target: `no worse (under ${TIE} is a tie)` }];
  });
}

function atMost(title: string, figure: number, limit: number, digits: number): Outcome {
  return { title, target: `at most ${limit}`, figure: figure.toFixed(digits), met: figure <= limit };
}
