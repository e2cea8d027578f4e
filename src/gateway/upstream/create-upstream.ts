import { IoTEventsDataClient } from '@aws-sdk/client-iot-events-data';
import { SagemakerEdgeClient } from '@aws-sdk/client-sagemaker-edge';
import { rememberAbsence, sendNowhere } from './control-plane.ts';
import { createHttpHandler } from './http-handler.ts';
import { createIotEventsData } from './iot-events-data.ts';
import { createIotEvents } from './iot-events.ts';
import { createSagemakerEdge } from './sagemaker-edge.ts';
import { createSagemaker } from './sagemaker.ts';
import { createSend } from './send.ts';
import { type Upstream } from './upstream.ts';

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
}

/** AWS's two data planes and two control planes through the AWS SDK's clients. `close` drops their connections. */
export function createUpstream(options: UpstreamOptions): Upstream & { close(): void } {
  const requestHandler = createHttpHandler();
  const send = createSend(options.deadlineMs);
  const sendIfThere = rememberAbsence(send);
  const { sagemaker, iotEvents } = options;
  return {
    ...createSagemakerEdge(new SagemakerEdgeClient(clientConfig(options.sagemakerEdge)), send),
    ...createIotEventsData(new IoTEventsDataClient(clientConfig(options.iotEventsData)), send),
    ...createSagemaker(clientConfig(sagemaker ?? {}), sagemaker ? sendIfThere : sendNowhere),
    ...createIotEvents(clientConfig(iotEvents ?? {}), iotEvents ? sendIfThere : sendNowhere),
    close() {
      // The clients themselves hold nothing open.
      requestHandler.destroy();
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
