import { DescribeLoggingOptionsCommand, PutLoggingOptionsCommand } from '@aws-sdk/client-iot-events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type IotEventsPlane, roleArn, startIotEvents } from './start-client.ts';

let it: IotEventsPlane;
beforeEach(async () => {
  it = await startIotEvents();
});
afterEach(() => it.close());

test('logging options are absent until they are put, and then as they were put', async () => {
  const describeOptions = () => it.client.send(new DescribeLoggingOptionsCommand({}));
  await expect(describeOptions()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  for (const loggingOptions of [
    { roleArn, level: 'DEBUG', enabled: true, detectorDebugOptions: [{ detectorModelName: 'm', keyValue: 'k:1' }] },
    { roleArn, level: 'ERROR', enabled: false },
  ] as const) {
    await it.client.send(new PutLoggingOptionsCommand({ loggingOptions: structuredClone(loggingOptions) as never }));
    expect((await describeOptions()).loggingOptions).toEqual(loggingOptions);
  }
});
