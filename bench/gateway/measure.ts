import { percentile } from '../percentile.ts';
import { encodeRequest, type LoadResult, runClosedLoop, runPaced } from './load.ts';
import { type MeasuredProcess } from './measured-process.ts';
import { requestsOf } from './requests-of.ts';
import { type Stage } from './stage.ts';
import { type VariantName } from './variants.ts';
import { type GraphqlRequest, type WorkloadName } from './workloads.ts';

/** What is measured together, variant after variant in every round. `perSecond`: at that rate; null: as fast as the connections go. */
export interface Group {
  readonly workload: WorkloadName;
  readonly connections: number;
  readonly latencyMs: number;
  readonly variants: readonly VariantName[];
  readonly perSecond: number | null;
}

/** What one variant came to in a group. Where there is a list, it has a figure for each round. */
export interface Cell extends Omit<Group, 'variants'> {
  readonly variant: VariantName;
  readonly requests: number;
  /** Processor time of the server for each request, in µs. */
  readonly cpuUs: readonly number[];
  readonly requestsPerSecond: readonly number[];
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Calls for each request; and in all, how many asked what another was still being asked. */
  readonly upstreamCalls: number;
  readonly repeatedCalls: number;
  /** Shares of a core, at most: the server's; and that of load generator and mock upstream, which have one core for both. */
  readonly serverLoad: number;
  readonly benchLoad: number;
}

/** One slice of time for one server: what was asked, what it took. */
export interface Slice extends LoadResult {
  readonly cpuUs: number;
  readonly upstreamCalls: number;
  readonly repeatedCalls: number;
  readonly serverLoad: number;
  readonly benchLoad: number;
}

/** Puts a load on a server for `durationMs`, or until each connection had one answer. */
export async function measureSlice(
  stage: Stage,
  server: MeasuredProcess,
  requests: readonly GraphqlRequest[],
  { connections, perSecond = null }: Pick<Group, 'connections'> & Partial<Pick<Group, 'perSecond'>>,
  durationMs: number,
): Promise<Slice> {
  const load = {
    port: Number(server.url.port),
    requests: requests.map((request) => encodeRequest(server.url.pathname, request)),
    connections,
    durationMs,
  };
  const readUsage = async () => {
    const [{ cpuUs }, mock] = await Promise.all([server.usage(), stage.mock.usage()]);
    const { user, system } = process.cpuUsage();
    return { cpuUs, benchUs: mock.cpuUs + user + system };
  };
  await stage.takeCounts();
  let before = await readUsage();
  const onOpen = async () => {
    before = await readUsage();
  };
  const result = await (perSecond === null ? runClosedLoop(load, onOpen) : runPaced(load, perSecond, onOpen));
  const after = await readUsage();
  const { calls, repeated } = await stage.takeCounts();
  const elapsedUs = 1000 * result.elapsedMs;
  return {
    ...result,
    cpuUs: after.cpuUs - before.cpuUs,
    upstreamCalls: Object.values(calls).reduce((sum, count) => sum + count, 0),
    repeatedCalls: repeated,
    serverLoad: (after.cpuUs - before.cpuUs) / elapsedUs,
    benchLoad: (after.benchUs - before.benchUs) / elapsedUs,
  };
}

/** Lets a server work until it has used `cpuMs` on these requests, so that its code is compiled. */
export async function warmUp(
  stage: Stage,
  server: MeasuredProcess,
  requests: readonly GraphqlRequest[],
  cpuMs: number,
): Promise<void> {
  for (let usedUs = 0; usedUs < 1000 * cpuMs;) {
    const { cpuUs } = await measureSlice(stage, server, requests, { connections: 4 }, cpuMs / 2);
    usedUs += cpuUs;
  }
}

/** Warms up every server on each workload of the groups. */
export async function warmUpGroups(stage: Stage, groups: readonly Group[], cpuMs: number): Promise<void> {
  const done = new Set<string>();
  for (const { workload, variants } of groups) {
    for (const variant of variants) {
      const requests = requestsOf(variant, workload);
      if (!requests || done.has(`${workload} ${variant}`)) continue;
      done.add(`${workload} ${variant}`);
      showProgress(`warming up: ${workload}, ${variant}`);
      await warmUp(stage, serverOf(stage, variant), requests, cpuMs);
    }
  }
}

/**
 * Measures groups in rounds: in each round every group, in each group every variant in turn, so that what the machine does besides strikes all
 * alike.
 */
export async function measureGroups(
  stage: Stage,
  groups: readonly Group[],
  { rounds, sliceMs }: { readonly rounds: number; readonly sliceMs: number },
): Promise<Cell[]> {
  const slices = new Map<string, Slice[]>();
  for (let round = 1; round <= rounds; round++) {
    for (const [index, group] of groups.entries()) {
      showProgress(`round ${round} of ${rounds}: ${nameOf(group)}`);
      await stage.setLatency(group.latencyMs);
      for (const variant of group.variants) {
        const requests = requestsOf(variant, group.workload);
        if (!requests) continue;
        const slice = await measureSlice(stage, serverOf(stage, variant), requests, group, sliceMs);
        const key = `${index} ${variant}`;
        slices.set(key, [...(slices.get(key) ?? []), slice]);
      }
    }
  }
  await stage.setLatency(0);
  return groups.flatMap(({ variants, ...group }, index) =>
    variants.flatMap((variant) => {
      const measured = slices.get(`${index} ${variant}`);
      return measured ? [{ ...group, variant, ...summarise(measured) }] : [];
    }),
  );
}

/** Says what is being done, in place of what was said before; null: nothing. Only people need to know. */
export function showProgress(text: string | null): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text ?? ''}`);
}

function serverOf(stage: Stage, variant: VariantName): MeasuredProcess {
  const server = stage.servers.get(variant);
  if (!server) throw new Error(`Expected a server for every variant, got none for ${variant}`);
  return server;
}

function nameOf({ workload, connections, latencyMs, perSecond }: Group): string {
  const rate = perSecond === null ? '' : `, ${perSecond}/s`;
  return `${workload}, ${connections} connections, ${latencyMs} ms upstream${rate}`;
}

function summarise(slices: readonly Slice[]) {
  const latenciesMs = slices.flatMap((slice) => slice.latenciesMs);
  const sum = (of: (slice: Slice) => number) => slices.reduce((total, slice) => total + of(slice), 0);
  return {
    requests: latenciesMs.length,
    cpuUs: slices.map((slice) => slice.cpuUs / slice.latenciesMs.length),
    requestsPerSecond: slices.map((slice) => (1000 * slice.latenciesMs.length) / slice.elapsedMs),
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    upstreamCalls: sum((slice) => slice.upstreamCalls) / latenciesMs.length,
    repeatedCalls: sum((slice) => slice.repeatedCalls),
    serverLoad: Math.max(...slices.map((slice) => slice.serverLoad)),
    benchLoad: Math.max(...slices.map((slice) => slice.benchLoad)),
  };
}
