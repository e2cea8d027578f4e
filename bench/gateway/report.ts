import { cpus } from 'node:os';
import { type Growth } from './growth.ts';
import { type Usage } from './measured-process.ts';
import { type Cell } from './measure.ts';
import { cpuRatio, spreadOf, spreadText } from './ratio.ts';
import { type Outcome } from './targets.ts';
import { type VariantName, VARIANTS } from './variants.ts';
import { type WorkloadName, WORKLOADS } from './workloads.ts';

/** All that a run found. */
export interface Report {
  readonly quick: boolean;
  /** Whether servers and bench were each bound to a core. */
  readonly pinned: boolean;
  /** How many programs besides wanted a core when it began: the less, the more its figures are worth. */
  readonly loadAverage: number;
  readonly minutes: number;
  readonly outcomes: readonly Outcome[];
  readonly cells: readonly Cell[];
  readonly growth: readonly Growth[];
  /** Of the servers, after everything. */
  readonly memory: readonly (Usage & { readonly variant: VariantName })[];
}

/** Above this the bench, not the server, may have been what latencies and rates depend on. */
const SATURATED = 0.8;

/** Up to this nothing else that matters is at work. */
const QUIET_LOAD_AVERAGE = 0.5;

/** What each workload is summed up by. */
const SUMMARY: readonly (readonly [WorkloadName, number])[] = [
  ['oneDetector', 16],
  ['devicePage', 1],
  ['list', 16],
  ['dashboard', 16],
  ['update', 16],
];

/** The cells by which a workload is summed up, all variants of it. */
export function summaryCells(cells: readonly Cell[]): { readonly title: string; readonly cells: readonly Cell[] }[] {
  return SUMMARY.map(([workload, connections]) => ({
    title: `${WORKLOADS[workload].title}, ${clientsText(connections)}`,
    cells: cells.filter(
      (cell) =>
        cell.workload === workload &&
        cell.connections === connections &&
        cell.latencyMs === 0 &&
        cell.perSecond === null,
    ),
  }));
}

/** The whole run as Markdown. */
export function renderReport(report: Report): string {
  const { outcomes, cells, growth, memory } = report;
  const isSaturated = cells.some((cell) => cell.benchLoad > SATURATED);
  return [
    '# The gateway beside its peers and the limit\n',
    `${conditionsText(report)}\n`,
    'CPU is the processor time of the server for one request. Where three figures stand, they are the median of the rounds and, in ' +
      'brackets, the least and the most. Ratios are made round by round.\n',
    `## Targets: ${outcomes.filter(({ met }) => met).length} of ${outcomes.length} met\n`,
    table(
      ['Target', 'Wanted', 'Measured', 'Met'],
      outcomes.map(({ title, target, figure, met }) => [title, target, figure, met ? 'yes' : '**no**']),
    ),
    '## Workloads\n',
    isSaturated
      ? `\\*: load generator and mock upstream took more than ${100 * SATURATED} % of their core, so latency and rate may be theirs; CPU is not.\n`
      : `Load generator and mock upstream never took more than ${100 * SATURATED} % of their core.\n`,
    renderCells(cells),
    '## Growth\n',
    ...growth.map(
      ({ title, columns, rows }) =>
        `### ${title}\n\n${table(
          columns,
          rows.map((row) => row.map(figureText)),
        )}`,
    ),
    '## Memory after all this\n',
    table(
      ['Server', 'RSS, MiB', 'Peak, MiB'],
      memory.map(({ variant, rssMib, peakRssMib }) => [
        VARIANTS[variant].title,
        rssMib.toFixed(0),
        peakRssMib.toFixed(0),
      ]),
    ),
  ].join('\n');
}

/** The cells as Markdown: a table for each group. */
export function renderCells(cells: readonly Cell[]): string {
  const groups = Map.groupBy(cells, ({ workload, connections, latencyMs, perSecond }) =>
    [
      WORKLOADS[workload].title,
      clientsText(connections),
      `${latencyMs} ms upstream`,
      ...(perSecond === null ? [] : [`${perSecond} requests/s`]),
    ].join(', '),
  );
  return Array.from(groups, ([title, group]) => `### ${title}\n\n${groupTable(group)}`).join('\n');
}

/** For the README: a line for each workload. */
export function renderSummary(report: Report): string {
  const others = (Object.keys(VARIANTS) as VariantName[]).filter((name) => name !== 'product');
  const rows = summaryCells(report.cells).map(({ title, cells }) => {
    const product = cells.find(({ variant }) => variant === 'product');
    if (!product) return [title];
    const ratios = others.map((name) => {
      const cell = cells.find(({ variant }) => variant === name);
      return cell ? `${cpuRatio(cell, product).median.toFixed(2)} ×` : '';
    });
    return [title, `${spreadOf(product.cpuUs).median.toFixed(0)} µs`, ...ratios];
  });
  const met = report.outcomes.filter((outcome) => outcome.met).length;
  return [
    `![Processor time for one request, beside the gateway's](docs/bench.svg)\n`,
    table(['CPU for a request', VARIANTS.product.title, ...others.map((name) => VARIANTS[name].title)], rows),
    `${conditionsText(report)} ${met} of ${report.outcomes.length} targets are met: [all figures](bench/results/latest.md).`,
  ].join('\n');
}

function groupTable(cells: readonly Cell[]): string {
  const peer = cells.find(({ variant }) => variant === 'apollo');
  const product = cells.find(({ variant }) => variant === 'product');
  return table(
    [
      'Server',
      'CPU, µs',
      'of Apollo + DataLoader',
      'of the gateway',
      'Requests/s',
      'p50, ms',
      'p99, ms',
      'Calls',
      'Load',
      'Bench',
    ],
    cells.map((cell) => [
      VARIANTS[cell.variant].title,
      spreadText(spreadOf(cell.cpuUs), 0),
      peer ? spreadText(cpuRatio(cell, peer), 2) : '',
      product ? spreadText(cpuRatio(cell, product), 2) : '',
      figureText(spreadOf(cell.requestsPerSecond).median),
      cell.p50Ms.toFixed(1),
      cell.p99Ms.toFixed(1),
      figureText(cell.upstreamCalls),
      percentText(cell.serverLoad),
      `${percentText(cell.benchLoad)}${cell.benchLoad > SATURATED ? '\\*' : ''}`,
    ]),
  );
}

function conditionsText({ quick, pinned, loadAverage, minutes }: Report): string {
  const { length: cores, 0: core } = cpus();
  const pinning = pinned
    ? 'servers on one core, load generator and mock upstream on another'
    : 'not pinned to cores, as there is no taskset here';
  return (
    `Node ${process.versions.node}, ${cores} × ${core?.model.trim() ?? 'unknown processor'}, ${pinning}; ` +
    `${quick ? 'a quick run' : 'a full run'} of ${minutes.toFixed(0)} minutes, the servers in turn in every round. ` +
    (loadAverage > QUIET_LOAD_AVERAGE
      ? `**The machine was busy with other work (load average ${loadAverage.toFixed(1)}): these figures are of little worth.**`
      : `Nothing else was at work (load average ${loadAverage.toFixed(1)}).`)
  );
}

function clientsText(connections: number): string {
  return connections === 1 ? '1 client' : `${connections} clients`;
}

function figureText(figure: number): string {
  return Number.isInteger(figure) || figure >= 100 ? figure.toFixed(0) : figure.toFixed(2);
}

function percentText(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
