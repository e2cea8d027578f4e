// Looks for crashes, hangs and quadratic blow-up in what reads other people's texts: `npm run fuzz -- --cases 1000000 --seed 1`.
// `npm run fuzz -- graphql` and `npm run fuzz -- wire` ask the gateway and the data plane of a program that runs, over HTTP, and look
// besides for answers that tell of the inside. `--first N --cases 1` with the same seed repeats one case.
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { engineTargets } from './fuzz/engine.ts';
import { findBlowUps } from './fuzz/growth.ts';
import { type CasesResult, runCases } from './fuzz/run-cases.ts';
import { type FuzzedService, startServices } from './fuzz/services/start-services.ts';

/** A machine under load may stop a process for a while. */
const MAX_CASE_MS = 1000;
/** The gateway's deadline, and time to answer: one operation may ask for much. */
const MAX_SERVICE_CASE_MS = 12_000;
const HANG_MS = 20_000;
const SUBJECTS = ['engine', 'graphql', 'wire'] as const;

interface Job {
  readonly subject: 'engine' | FuzzedService;
  readonly seed: number;
  readonly first: number;
  readonly end: number;
  /** Holds the number of the case that runs, for the thread that watches. */
  readonly current: SharedArrayBuffer;
}

if (isMainThread) process.exitCode = await main();
else await work(workerData as Job);

async function main(): Promise<0 | 1> {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string' }, cases: { type: 'string' }, first: { type: 'string' } },
    allowPositionals: true,
  });
  const [given = 'engine'] = positionals;
  const subject = SUBJECTS.find((known) => known === given);
  if (subject === undefined) throw new Error(`Expected ${SUBJECTS.join(', ')}, got ${given}`);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const first = Number(values.first ?? 0);
  const cases = Number(values.cases ?? (subject === 'engine' ? 1_000_000 : 200_000));
  console.log(`${subject}: seed ${seed}, ${cases} cases from ${first}`);
  const startedAt = performance.now();
  const { failures, slowest } = await watchCases({
    subject,
    seed,
    first,
    end: first + cases,
    current: new SharedArrayBuffer(4),
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const rate = (cases / seconds).toFixed(0);
  console.log(`${cases} cases in ${seconds.toFixed(0)} s, ${rate} cases/s, ${failures.length} failed`);
  console.log(`slowest: case ${slowest.caseNumber} (${slowest.target}), ${slowest.ms.toFixed(1)} ms`);
  for (const { caseNumber, target, reason } of failures.slice(0, 20)) {
    console.log(
      `FAILED case ${caseNumber} (${target}), repeat with ${subject} --seed ${seed} --first ${caseNumber} --cases 1\n  ${reason}`,
    );
  }
  if (subject !== 'engine') return failures.length === 0 ? 0 : 1;
  const blowUps = findBlowUps();
  console.log(`growth with size: ${blowUps.length === 0 ? 'no blow-up' : blowUps.join('\n  ')}`);
  return failures.length + blowUps.length === 0 ? 0 : 1;
}

/** The cases run in a thread of their own, so that one that never ends is seen. */
function watchCases(job: Job): Promise<CasesResult> {
  const current = new Int32Array(job.current);
  const worker = new Worker(new URL(import.meta.url), { workerData: job });
  return new Promise((resolve, reject) => {
    let seen = -1;
    const watch = setInterval(() => {
      const caseNumber = Atomics.load(current, 0);
      if (caseNumber === seen) {
        clearInterval(watch);
        void worker.terminate();
        const failure = { caseNumber, target: 'unknown', reason: `did not end within ${HANG_MS} ms` };
        resolve({ failures: [failure], slowest: { ...failure, ms: HANG_MS } });
      }
      seen = caseNumber;
    }, HANG_MS);
    worker.once('message', (result: CasesResult) => {
      clearInterval(watch);
      resolve(result);
    });
    worker.once('error', (error: Error) => {
      clearInterval(watch);
      reject(error);
    });
  });
}

async function work({ subject, seed, first, end, current }: Job): Promise<void> {
  const numbers = new Int32Array(current);
  const services = subject === 'engine' ? null : await startServices(subject);
  const targets = services === null ? engineTargets : [services.target];
  const maxCaseMs = services === null ? MAX_CASE_MS : MAX_SERVICE_CASE_MS;
  const result = await runCases(targets, { seed, first, end, maxCaseMs }, (caseNumber) => {
    Atomics.store(numbers, 0, caseNumber);
  });
  await services?.close();
  parentPort?.postMessage(result);
}
