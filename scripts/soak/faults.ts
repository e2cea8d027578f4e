import { setTimeout as wait } from 'node:timers/promises';
import { type RunningRedis } from '../../test/fanout/start-redis.ts';
import { type Random } from '../fuzz/random.ts';
import { type Replica } from './replica.ts';
import { MISBEHAVIOURS, type ScriptedUpstream } from './scripted-upstream.ts';

/** Something that goes wrong for a while. */
interface Fault {
  readonly name: string;
  readonly begin: () => void | Promise<void>;
  readonly end: () => void | Promise<void>;
}

const MIN_FAULT_MS = 200;
const MAX_FAULT_MS = 3500;
const MAX_PAUSE_MS = 1500;

/** All that can happen to upstream. */
export function upstreamFaults(upstream: ScriptedUpstream): readonly Fault[] {
  return Object.entries(MISBEHAVIOURS).map(([name, behaviour]) => ({
    name,
    begin: () => {
      upstream.misbehave(behaviour);
    },
    end: () => {
      upstream.misbehave(null);
    },
  }));
}

/** All that can happen to Redis, where there is one, and to replicas. The first is frozen but never ended, so that its memory can be judged. */
export function fleetFaults(replicas: readonly Replica[], redis: RunningRedis | null): readonly Fault[] {
  const nothing = () => undefined;
  const ofReplicas = replicas.flatMap(({ freeze, thaw, end, start }, index) => [
    { name: 'replica frozen', begin: freeze, end: thaw },
    ...(index === 0
      ? []
      : [
          { name: 'replica killed', begin: () => end('SIGKILL'), end: start },
          { name: 'replica restarted', begin: () => end('SIGTERM').then(start), end: nothing },
        ]),
  ]);
  if (redis === null) return ofReplicas;
  const freeze = {
    name: 'Redis frozen',
    begin: () => {
      redis.freeze();
    },
    end: () => {
      redis.thaw();
    },
  };
  const kill = { name: 'Redis killed', begin: () => redis.kill(), end: () => redis.restart() };
  return [...ofReplicas, freeze, kill, freeze, kill];
}

/** Lets one after the other happen, with pauses, until told to stop; then all is well again. `onFault` hears of each. */
export async function injectFaults(
  faults: readonly Fault[],
  random: Random,
  isStopped: () => boolean,
  onFault: (name: string) => void,
): Promise<void> {
  while (!isStopped()) {
    const fault = random.pick(faults);
    onFault(fault.name);
    await fault.begin();
    await wait(MIN_FAULT_MS + random.below(MAX_FAULT_MS - MIN_FAULT_MS));
    await fault.end();
    await wait(random.below(MAX_PAUSE_MS));
  }
}
