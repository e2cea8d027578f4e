// Lets clients come, go and stay while upstream, Redis and replicas fail, and holds all they are told against the truth:
// `npm run soak -- --cycles 50000 --seed 1 --replicas 3`. The seed fixes what is tried, not how the machine's time falls.
import { parseArgs } from 'node:util';
import { noRedisReason } from '../test/fanout/start-redis.ts';
import { runSoak } from './soak/run-soak.ts';

const { values } = parseArgs({
  options: { cycles: { type: 'string' }, seed: { type: 'string' }, replicas: { type: 'string' } },
});
const cycles = Number(values.cycles ?? 50_000);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const replicas = Number(values.replicas ?? 3);

console.log(`seed ${seed}, ${cycles} cycles`);
if (noRedisReason !== null) console.log(`${noRedisReason}: one replica alone`);
const { violations, ...figures } = await runSoak({
  cycles,
  seed,
  replicas,
  onRound(so) {
    console.log(`${so.cycles} cycles, ${so.violations.length} violations`);
  },
});
console.log(figures);
for (const text of violations.slice(0, 20)) console.log(`VIOLATION ${text}`);
console.log(violations.length === 0 ? 'every client was told the truth' : `${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
