// How this gateway stands beside what a team would otherwise use and beside the physical limit, and how its cost grows.
// `--quick` takes two minutes; `--only`, `--workload`, `--connections`, `--latency` and `--rounds` measure a part of it.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { compareAnswers } from './compare-answers.ts';
import { measureGateway } from './gateway-figures.ts';
import { measureGrowth } from './growth.ts';
import { measureGroups, showProgress, warmUpGroups } from './measure.ts';
import { FULL_PLAN, pacedGroups, type Plan, QUICK_PLAN } from './plan.ts';
import { publish } from './publish.ts';
import { renderCells, renderReport, type Report } from './report.ts';
import { setStage, type Stage } from './stage.ts';
import { checkTargets } from './targets.ts';
import { type VariantName, VARIANTS } from './variants.ts';
import { type WorkloadName, WORKLOADS } from './workloads.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    workload: { type: 'string' },
    connections: { type: 'string', default: '16' },
    latency: { type: 'string', default: '0' },
    rounds: { type: 'string' },
  },
});
const isPart = values.only !== undefined || values.workload !== undefined;
const variants = namesOf(values.only, VARIANTS) as VariantName[];
const workloads = namesOf(values.workload, WORKLOADS) as WorkloadName[];
const plan: Plan = {
  ...(values.quick ? QUICK_PLAN : FULL_PLAN),
  ...(values.rounds !== undefined && { rounds: Number(values.rounds) }),
};

const [loadAverageBefore = 0] = loadavg();
const stage = await setStage(variants);
try {
  await compareAnswers(stage, workloads);
  if (isPart) await runPart(stage);
  else await runWhole(stage);
} finally {
  await stage.close();
}

async function runPart(of: Stage): Promise<void> {
  const [connections, latencyMs] = [Number(values.connections), Number(values.latency)];
  const groups = workloads.map((workload) => ({ workload, variants, connections, latencyMs, perSecond: null }));
  await warmUpGroups(of, groups, plan.warmUpCpuMs);
  const cells = await measureGroups(of, groups, plan);
  showProgress(null);
  process.stdout.write(renderCells(cells));
}

async function runWhole(of: Stage): Promise<void> {
  const startedAtMs = performance.now();
  await warmUpGroups(of, plan.groups, plan.warmUpCpuMs);
  const closed = await measureGroups(of, plan.groups, plan);
  const cells = [...closed, ...(await measureGroups(of, pacedGroups(plan, closed), plan))];
  const growth = await measureGrowth(of, plan);
  const gateway = await measureGateway(of);
  const memory = await Promise.all(
    Array.from(of.servers, async ([variant, server]) => ({ variant, ...(await server.usage()) })),
  );
  const report: Report = {
    quick: values.quick,
    pinned: of.pinned,
    loadAverage: loadAverageBefore,
    minutes: (performance.now() - startedAtMs) / 60_000,
    outcomes: checkTargets(cells, gateway),
    cells,
    growth,
    memory,
  };
  showProgress(null);
  process.stdout.write(renderReport(report));
  await publish(report);
}

function namesOf(given: string | undefined, known: object): string[] {
  const names = given?.split(',') ?? Object.keys(known);
  const unknown = names.filter((name) => !(name in known));
  if (unknown.length > 0) throw new Error(`Expected some of ${Object.keys(known).join()}, got ${unknown.join()}`);
  return names;
}
