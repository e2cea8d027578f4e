import { type Clock } from '../clock.ts';
import { type Bus } from '../fanout/bus.ts';
import { UpstreamError } from './upstream/errors.ts';
import { type Upstream } from './upstream/upstream.ts';

/** Whether the gateway can serve, and how each AWS API answers: `ok`, or the code of the last failure. */
export interface Readiness {
  readonly ready: boolean;
  readonly status: 'ready' | 'upstream does not answer' | 'draining';
  readonly upstream: Readonly<Record<'iotevents-data' | 'sagemaker-edge', string>>;
  /** Whether it shares what it polls with other replicas; `cut off` it polls for itself. Absent: there are none. */
  readonly replicas?: 'ok' | 'cut off';
}

const PROBE_DEADLINE_MS = 2000;
const PROBE_VALID_MS = 5000;
const NO_ANSWER = new Set(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'UPSTREAM_BAD_RESPONSE']);
/** Exists nowhere: asking for it costs upstream a look-up, and "not found" is an answer. */
const NOBODY = 'fleetgraph-readiness';

/**
 * Makes the readiness check: one cheap read of each API, its outcome valid for 5 s. Every answer counts, a refusal too; no
 * connection, no answer within 2 s or an answer that is none does not.
 */
export function createReadinessCheck(
  upstream: Upstream,
  clock: Clock,
  bus: Pick<Bus, 'isConnected'> | null,
  isDraining: () => boolean,
): () => Promise<Readiness> {
  let checkedAtMs = Number.NEGATIVE_INFINITY;
  let check: Promise<Readiness['upstream']> | null = null;

  async function probe(): Promise<Readiness['upstream']> {
    const call = { signal: AbortSignal.timeout(PROBE_DEADLINE_MS) };
    const page = { detectorModelName: NOBODY, stateName: null, nextToken: null, maxResults: 1 };
    const device = { deviceFleetName: NOBODY, deviceName: NOBODY };
    const [iotEventsData, sagemakerEdge] = await Promise.all([
      outcomeOf(upstream.listDetectors(page, call)),
      outcomeOf(upstream.getDeviceRegistration(device, call)),
    ]);
    return { 'iotevents-data': iotEventsData, 'sagemaker-edge': sagemakerEdge };
  }

  return async () => {
    const nowMs = clock.nowMs();
    if (check === null || Math.abs(nowMs - checkedAtMs) > PROBE_VALID_MS) {
      checkedAtMs = nowMs;
      check = probe();
    }
    const states = await check;
    const answers = Object.values(states).every((state) => state === 'ok');
    const status = isDraining() ? 'draining' : answers ? 'ready' : 'upstream does not answer';
    const readiness = { ready: status === 'ready', status, upstream: states } as const;
    return bus === null ? readiness : { ...readiness, replicas: bus.isConnected() ? 'ok' : 'cut off' };
  };
}

async function outcomeOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
    return 'ok';
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return NO_ANSWER.has(error.code) ? error.code : 'ok';
  }
}
