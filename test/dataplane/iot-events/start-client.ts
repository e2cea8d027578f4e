import { IoTEventsClient } from '@aws-sdk/client-iot-events';
import { startTestDataplane, type TestDataplane } from '../start-dataplane.ts';

type Options = Parameters<typeof startTestDataplane>[0];

/** A data plane without any resource, and AWS's own client of its control plane. */
export interface IotEventsPlane {
  readonly dataplane: TestDataplane;
  readonly client: IoTEventsClient;
  close(): Promise<void>;
}

export async function startIotEvents(options: Options = {}): Promise<IotEventsPlane> {
  const dataplane = await startTestDataplane({ resources: [], ...options });
  const client = new IoTEventsClient({
    endpoint: dataplane.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  return {
    dataplane,
    client,
    async close() {
      client.destroy();
      await dataplane.close();
    },
  };
}

export const roleArn = 'arn:aws:iam::123456789012:role/test-role';

/** A definition that sets the variable v to `value` for every message of the input above 0. */
export function definitionOf(inputName: string, value = '1') {
  const actions = [{ setVariable: { variableName: 'v', value } }];
  const events = [{ eventName: 'set', condition: `$input.${inputName}.value > 0`, actions }];
  return { initialStateName: 'Only', states: [{ stateName: 'Only', onInput: { events } }] };
}

/** A CreateInput request with the attributes id and value. */
export function inputOf(inputName: string) {
  return { inputName, inputDefinition: { attributes: [{ jsonPath: 'id' }, { jsonPath: 'value' }] } };
}
