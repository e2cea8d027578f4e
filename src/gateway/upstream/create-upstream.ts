import { IoTEventsDataClient } from '@aws-sdk/client-iot-events-data';
import { SagemakerEdgeClient } from '@aws-sdk/client-sagemaker-edge';
import { createHttpHandler } from './http-handler.ts';
import { createIotEventsData } from './iot-events-data.ts';
import { createSagemakerEdge } from './sagemaker-edge.ts';
import { createSend } from './send.ts';
import { type Upstream } from './upstream.ts';

/** Where one service answers; what is left out is the SDK's own choice (AWS_* variables, profile, instance role). */
interface ServiceOptions {
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** Where the two services answer. `deadlineMs` is for every call, its retries included. */
export interface UpstreamOptions {
  readonly sagemakerEdge: ServiceOptions;
  readonly iotEventsData: ServiceOptions;
  readonly deadlineMs: number;
}

/** The two AWS data planes through the AWS SDK's clients. `close` drops their connections. */
export function createUpstream(options: UpstreamOptions): Upstream & { close(): void } {
  const requestHandler = createHttpHandler();
  const send = createSend(options.deadlineMs);
  const edge = new SagemakerEdgeClient(clientConfig(options.sagemakerEdge));
  const events = new IoTEventsDataClient(clientConfig(options.iotEventsData));
  return {
    ...createSagemakerEdge(edge, send),
    ...createIotEventsData(events, send),
    close() {
      edge.destroy();
      events.destroy();
    },
  };

  function clientConfig({ endpoint, region, credentials }: ServiceOptions) {
    return {
      requestHandler,
      // Retries are in send.ts, where reads and mutations are told apart.
      maxAttempts: 1,
      ...(endpoint !== undefined && { endpoint }),
      ...(region !== undefined && { region }),
      ...(credentials && { credentials }),
    };
  }
}
