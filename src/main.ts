import { FALLBACK_REGION, tlsFilesOf } from './access-settings.ts';
import { createScheduler, systemClock } from './clock.ts';
import { startDataplaneThread } from './dataplane-thread.ts';
import type { Bus } from './fanout/bus.ts';
import type { LocalDataplane } from './local-dataplane.ts';
import { type AccessKey, createAccessKey } from './security/access-keys.ts';
import { NAMED_POLICIES } from './security/policy.ts';
import { type Service, type Settings } from './settings.ts';
import { startSimulator } from './simulator/simulator.ts';
import { type Log } from './telemetry/log.ts';

/** For answers in flight when the program is told to stop. What follows takes less, so that it is gone within 10 s. */
const DRAIN_TIMEOUT_MS = 3000;
/** Subscribers are sent away within this, after that. */
const DRAIN_SPREAD_MS = 3000;
/** For a call to Redis: without an answer by then a replica polls for itself. Reading 10,000 detectors takes a fraction of it. */
const BUS_DEADLINE_MS = 2000;

/** A running program; a part that it does not have is null. */
export interface Program {
  readonly gatewayUrl: string | null;
  readonly dataplane: Pick<LocalDataplane, 'url' | 'loaded'> | null;
  /** Resolves, with the reason, when a part has failed for good. */
  readonly failure: Promise<Error>;
  /** Lets what is in flight finish: the gateway first, then the data plane behind it. */
  close(): Promise<void>;
}

/** Starts what `command` names and resolves when everything listens. Rejects, with nothing left running, if a part cannot. */
export async function startProgram(command: Service, settings: Settings, log: Log): Promise<Program> {
  if (command === 'dataplane') {
    const { startLocalDataplane } = await import('./local-dataplane.ts');
    const dataplane = await startLocalDataplane(settings, log, null);
    return { gatewayUrl: null, dataplane, failure: NEVER, close: () => dataplane.close() };
  }
  if (settings.simulate && settings.tlsCert !== null)
    throw new Error('Expected no --simulate with --tls-cert, got both');
  const { sagemakerEdge, iotEventsData } = endpointsOf(settings);
  const embedded = command === 'serve' && (sagemakerEdge === null || iotEventsData === null);
  // Reading GraphQL and the SDK takes longer than starting the data plane: both at once.
  const parts = importGateway();
  parts.catch(() => undefined); // it is awaited below, unless the data plane fails first
  const embeddedKey = createAccessKey('FullAccess', NAMED_POLICIES.FullAccess, systemClock.nowMs());
  const dataplane = embedded ? await startDataplaneThread(settings, embeddedKey) : null;
  try {
    const gateway = await startGatewayPart(
      await parts,
      settings,
      dataplane && { url: dataplane.embeddedUrl, credentials: embeddedKey },
      log,
    );
    const simulator = settings.simulate ? startSimulator({ url: gateway.url, clock: systemClock, log }) : null;
    return {
      gatewayUrl: gateway.url,
      dataplane,
      failure: dataplane?.failure ?? NEVER,
      async close() {
        await simulator?.close();
        await gateway.close();
        await dataplane?.close();
      },
    };
  } catch (error) {
    await dataplane?.close();
    throw error;
  }
}

/** The embedded data plane, and the key that only the gateway in this process has. */
interface Embedded {
  readonly url: string;
  readonly credentials: AccessKey;
}

const NEVER = new Promise<never>(() => undefined);

async function importGateway() {
  const [{ startGateway }, { createUpstream }] = await Promise.all([
    import('./gateway/server.ts'),
    import('./gateway/upstream/create-upstream.ts'),
  ]);
  return { startGateway, createUpstream };
}

async function startGatewayPart(
  { startGateway, createUpstream }: Awaited<ReturnType<typeof importGateway>>,
  settings: Settings,
  embedded: Embedded | null,
  log: Log,
) {
  const { sagemakerEdge, iotEventsData, sagemaker, iotEvents } = endpointsOf(settings);
  // An API that is embedded has its control plane with it; elsewhere there is one only where it is given.
  const registry = sagemakerEdge === null ? embedded : null;
  const models = iotEventsData === null ? embedded : null;
  const upstream = createUpstream({
    sagemakerEdge: serviceOptions(sagemakerEdge, embedded, settings.region),
    iotEventsData: serviceOptions(iotEventsData, embedded, settings.region),
    sagemaker: controlPlaneOptions(sagemaker, registry, settings.region),
    iotEvents: controlPlaneOptions(iotEvents, models, settings.region),
    deadlineMs: settings.deadlineMs,
    maxStaleMs: settings.maxStaleMs,
    registrationCache: settings.registrationCache,
    transport: settings.transport,
    clock: systemClock,
  });
  const bus = await startBus(settings, log);
  const gateway = await startGateway({
    host: settings.host,
    port: settings.port,
    tls: tlsFilesOf(settings),
    trustedProxies: settings.trustProxy,
    upstream,
    clock: systemClock,
    log,
    join: {
      keyTemplate: settings.keyTemplate,
      detectorModelNames: settings.detectorModels,
      alarmModelNames: settings.alarmModels,
    },
    watching: settings,
    bus,
    heartbeatIntervalMs: settings.heartbeatIntervalMs,
    deadlineMs: settings.deadlineMs,
    drainTimeoutMs: DRAIN_TIMEOUT_MS,
    drainSpreadMs: DRAIN_SPREAD_MS,
    introspection: settings.introspection,
    landingPage: settings.landingPage,
    debugExtensions: settings.debugExtensions,
    corsOrigins: settings.corsOrigins,
    limits: settings,
  }).catch((error: unknown) => {
    bus?.close();
    throw error;
  });
  return {
    url: gateway.url,
    async close() {
      await gateway.close();
      bus?.close();
      upstream.close();
    },
  };
}

/** What replicas share through; null: each polls for itself. */
async function startBus(settings: Settings, log: Log): Promise<Bus | null> {
  if (settings.redisUrl === null) return null;
  const { startRedisBus } = await import('./fanout/redis-bus.ts');
  return startRedisBus({
    url: settings.redisUrl,
    namespace: settings.redisNamespace,
    deadlineMs: BUS_DEADLINE_MS,
    // A record outlives the lease on it.
    keepMs: Math.max(settings.resumeLogAgeMs, 2 * settings.pollIntervalMs),
    maxChanges: settings.resumeLogSize,
    scheduler: createScheduler(systemClock),
    log,
  });
}

function endpointsOf(settings: Settings) {
  return {
    sagemakerEdge: settings.sagemakerEdgeEndpoint ?? settings.upstreamEndpoint,
    iotEventsData: settings.iotEventsDataEndpoint ?? settings.upstreamEndpoint,
    sagemaker: settings.sagemakerEndpoint ?? settings.upstreamEndpoint,
    iotEvents: settings.iotEventsEndpoint ?? settings.upstreamEndpoint,
  };
}

/** Where one API is asked: the endpoint given, else the embedded data plane, else wherever the SDK finds it. */
function serviceOptions(given: string | null, embedded: Embedded | null, region: string | null) {
  if (given !== null) return { endpoint: given, region: region ?? FALLBACK_REGION };
  if (embedded === null) return { region: region ?? undefined };
  return { endpoint: embedded.url, region: region ?? FALLBACK_REGION, credentials: embedded.credentials };
}

/** Null: nobody said where there is a control plane, and the SDK's own endpoint is not to be asked unbidden. */
function controlPlaneOptions(given: string | null, embedded: Embedded | null, region: string | null) {
  return given === null && embedded === null ? null : serviceOptions(given, embedded, region);
}
