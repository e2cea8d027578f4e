import {
  type Behaviour,
  byOperation,
  cutting,
  failing,
  hanging,
  resetting,
  startFaultyUpstream,
} from '../../test/gateway/upstream/faulty-upstream.ts';
import { toEpochSeconds } from '../../src/clock.ts';
import { stateNameOf, type Truth } from './truth.ts';

/** An IoT Events Data that tells the truth, unless it is told to misbehave. */
export interface ScriptedUpstream {
  readonly endpoint: string;
  /** How many calls came so far. */
  calls(): number;
  /** Answers like this; null: as it should. */
  misbehave(instead: Behaviour | null): void;
  close(): Promise<void>;
}

/** The model whose detectors it has. */
export const DETECTOR_MODEL_NAME = 'soaked';

/** What an upstream does to its callers, by name. */
export const MISBEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'upstream unavailable': failing(503, 'ServiceUnavailableException', 'not now'),
  'upstream throttles': failing(429, 'ThrottlingException', 'not so fast'),
  'upstream hangs': hanging,
  'upstream resets': resetting,
  'upstream cuts answers': cutting,
};

/** Starts it on a free port of the loopback interface. */
export async function startScriptedUpstream(truth: Truth): Promise<ScriptedUpstream> {
  const honest = byOperation({
    ListDetectors(_request, response) {
      const detectorSummaries = truth.keyValues.flatMap((keyValue) => summaryOf(truth, keyValue) ?? []);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ detectorSummaries }));
    },
    DescribeDetector(request, response) {
      const keyValue = new URL(request.url, 'http://upstream').searchParams.get('keyValue') ?? '';
      const detector = detectorOf(truth, keyValue);
      if (detector === null) {
        failing(404, 'ResourceNotFoundException', 'no such detector')(request, response);
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ detector }));
    },
  });
  let behaviour = honest;
  let calls = 0;
  const server = await startFaultyUpstream((request, response) => {
    // A soak is long: what came is not kept.
    server.requests.length = 0;
    calls += 1;
    behaviour(request, response);
  });
  return {
    endpoint: server.endpoint,
    calls: () => calls,
    misbehave(instead) {
      behaviour = instead ?? honest;
    },
    close: () => server.close(),
  };
}

function detectorOf(truth: Truth, keyValue: string): object | null {
  const variables = [{ name: 'version', value: String(truth.versionOf(keyValue)) }];
  const summary = summaryOf(truth, keyValue);
  return summary && { ...summary, state: { ...summary.state, variables, timers: [] } };
}

function summaryOf(truth: Truth, keyValue: string) {
  const version = truth.versionOf(keyValue);
  const stateName = stateNameOf(version);
  if (stateName === null) return null;
  const time = (of: number) => toEpochSeconds(truth.changedAtMs(keyValue, of) ?? 0);
  return {
    detectorModelName: DETECTOR_MODEL_NAME,
    keyValue,
    detectorModelVersion: '1',
    state: { stateName },
    creationTime: time(0),
    lastUpdateTime: time(version),
  };
}
