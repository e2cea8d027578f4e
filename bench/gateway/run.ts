// How this gateway stands beside what a team would otherwise use and beside the physical limit.
import { parseArgs } from 'node:util';
import { compareAnswers } from './compare-answers.ts';
import { type Group, measureGroups } from './measure.ts';
import { setStage } from './stage.ts';
import { type VariantName, VARIANTS } from './variants.ts';
import { type WorkloadName, WORKLOADS } from './workloads.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(VARIANTS).join() },
    workload: { type: 'string', default: Object.keys(WORKLOADS).join() },
    connections: { type: 'string', default: '16' },
    latency: { type: 'string', default: '0' },
    rounds: { type: 'string', default: '5' },
  },
});
const variants = values.only.split(',') as VariantName[];
const workloads = values.workload.split(',') as WorkloadName[];
const stage = await setStage(variants);
try {
  await compareAnswers(stage, workloads);
  const groups = workloads.map((workload): Group => ({
    workload,
    variants,
    connections: Number(values.connections),
    latencyMs: Number(values.latency),
    perSecond: null,
  }));
  const cells = await measureGroups(stage, groups, { rounds: Number(values.rounds), sliceMs: 500 });
  console.table(
    cells.map(({ cpuUs, requestsPerSecond, ...cell }) => ({
      ...cell,
      cpuUs: cpuUs.map(Math.round).join(),
      rps: requestsPerSecond[0],
    })),
  );
} finally {
  await stage.close();
}
