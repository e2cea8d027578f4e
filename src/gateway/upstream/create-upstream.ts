import { IoTEventsDataClient } from '@aws-sdk/client-iot-events-data';
import { SagemakerEdgeClient } from '@aws-sdk/client-sagemaker-edge';
import { type Clock } from '../../clock.ts';
import { IOT_EVENTS_DATA_BINDINGS, SAGEMAKER_EDGE_BINDINGS } from './bindings.ts';
import { createConnections } from './connections.ts';
import { rememberAbsence, sendNowhere } from './control-plane.ts';
import { createHttpHandler } from './http-handler.ts';
import { createIotEventsData } from './iot-events-data.ts';
import { createIotEvents } from './iot-events.ts';
import { createSagemakerEdge } from './sagemaker-edge.ts';
import { createSagemaker } from './sagemaker.ts';
import { createSend } from './send.ts';
import { createLeanTransport, createPlainTransport, type SdkClient, type Transport } from './transport.ts';
import { type Upstream } from './upstream.ts';
import { type Bindings } from './wire-request.ts';

/** Where one service answers; what is left out is the SDK's own choice (AWS_* variables, profile, instance role). */
interface ServiceOptions {
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** Where the services answer; null: there is no such control plane. `deadlineMs` is for every call, its retries included. */
export interface UpstreamOptions {
  readonly sagemakerEdge: ServiceOptions;
  readonly iotEventsData: ServiceOptions;
  readonly sagemaker: ServiceOptions | null;
  readonly iotEvents: ServiceOptions | null;
  readonly deadlineMs: number;
  /** For how long a read's answer may serve those who take one from before; absent or 0: not at all. */
  readonly maxStaleMs?: number;
  /** Whether a registration may do so for as long as its CacheTTL says. */
  readonly registrationCache?: boolean;
  /** How the data planes are asked: past the SDK clients' middlewares, or through them. */
  readonly transport: 'lean' | 'plain';
  readonly clock: Clock;
}

/** AWS's two data planes and two control planes through the AWS SDK's clients. `close` drops their connections. */
export function createUpstream(options: UpstreamOptions): Upstream & { close(): void } {
  const requestHandler = createHttpHandler();
  const connections = createConnections(options.deadlineMs);
  const send = createSend(options);
  const sendIfThere = rememberAbsence(send);
  const { sagemaker, iotEvents } = options;
  const edge = new SagemakerEdgeClient(clientConfig(options.sagemakerEdge));
  const data = new IoTEventsDataClient(clientConfig(options.iotEventsData));
  return {
    ...createSagemakerEdge(transportOver(edge, SAGEMAKER_EDGE_BINDINGS), send, options.registrationCache),
    ...createIotEventsData(transportOver(data, IOT_EVENTS_DATA_BINDINGS), send),
    ...createSagemaker(clientConfig(sagemaker ?? {}), sagemaker ? sendIfThere : sendNowhere),
    ...createIotEvents(clientConfig(iotEvents ?? {}), iotEvents ? sendIfThere : sendNowhere),
    close() {
      // The clients themselves hold nothing open.
      requestHandler.destroy();
      connections.destroy();
    },
  };

  function transportOver(client: SdkClient, bindings: Bindings): Transport {
    if (options.transport === 'plain') return createPlainTransport(client);
    return createLeanTransport(client, bindings, connections, options.clock);
  }

  function clientConfig({ endpoint, region, credentials }: ServiceOptions) {
    return {
      requestHandler,
      // Retries are in flight.ts, where reads and mutations are told apart.
      maxAttempts: 1,
      ...(endpoint !== undefined && { endpoint }),
      ...(region !== undefined && { region }),
      ...(credentials && { credentials }),
    };
  }
}
