import type { SageMakerClientConfig } from '@aws-sdk/client-sagemaker';
import { z } from 'zod';
import { optionalText, optionalTimestamp, optionalToken } from './answer-shapes.ts';
import { nullIf } from './errors.ts';
import { type Operation } from './faults.ts';
import { type Send } from './send.ts';
import {
  type DeviceAnswer,
  type DeviceFleetAnswer,
  type DeviceFleetReportAnswer,
  type DeviceFleetSummaryAnswer,
  type DeviceKey,
  type DeviceSummaryAnswer,
  type Page,
  type PageRequest,
  type Upstream,
  type UpstreamCall,
} from './upstream.ts';

type Sagemaker = Pick<
  Upstream,
  'listDevices' | 'describeDevice' | 'listDeviceFleets' | 'describeDeviceFleet' | 'getDeviceFleetReport'
>;

const read = (name: string): Operation => ({ service: 'sagemaker', name, reads: true });

// The answers on the wire, read into our own. Source: wire.md, section 8.
const deviceMembers = {
  DeviceName: z.string(),
  DeviceFleetName: z.string(),
  Description: optionalText,
  IotThingName: optionalText,
  LatestHeartbeat: optionalTimestamp,
  AgentVersion: optionalText,
};

const modelMembers = { ModelName: z.string(), ModelVersion: z.string() };

const deviceSummary = z
  .object({
    ...deviceMembers,
    RegistrationTime: optionalTimestamp,
    Models: z.array(z.object(modelMembers)).nullish(),
  })
  .transform(({ RegistrationTime, Models, ...device }) => ({
    ...deviceHead(device),
    registrationTime: RegistrationTime,
    models: (Models ?? []).map((model) => ({ modelName: model.ModelName, modelVersion: model.ModelVersion })),
  }));

const listDevicesAnswer: z.ZodType<Page<DeviceSummaryAnswer>> = z
  .object({ DeviceSummaries: z.array(deviceSummary), NextToken: optionalToken })
  .transform(({ DeviceSummaries, NextToken }) => ({ items: DeviceSummaries, nextToken: NextToken }));

const deviceModel = z
  .object({ ...modelMembers, LatestSampleTime: optionalTimestamp, LatestInference: optionalTimestamp })
  .transform((model) => ({
    modelName: model.ModelName,
    modelVersion: model.ModelVersion,
    latestSampleTime: model.LatestSampleTime,
    latestInference: model.LatestInference,
  }));

/** One page of the device's models, with the device. */
const describeDeviceAnswer: z.ZodType<{ readonly device: DeviceAnswer; readonly nextToken: string | null }> = z
  .object({
    ...deviceMembers,
    RegistrationTime: optionalTimestamp,
    Models: z.array(deviceModel).nullish(),
    NextToken: optionalToken,
  })
  .transform(({ RegistrationTime, Models, NextToken, ...device }) => ({
    device: { ...deviceHead(device), registrationTime: RegistrationTime, models: Models ?? [] },
    nextToken: NextToken,
  }));

const fleetSummary = z
  .object({ DeviceFleetName: z.string(), CreationTime: optionalTimestamp, LastModifiedTime: optionalTimestamp })
  .transform((fleet) => ({
    deviceFleetName: fleet.DeviceFleetName,
    creationTime: fleet.CreationTime,
    lastModifiedTime: fleet.LastModifiedTime,
  }));

const listDeviceFleetsAnswer: z.ZodType<Page<DeviceFleetSummaryAnswer>> = z
  .object({ DeviceFleetSummaries: z.array(fleetSummary), NextToken: optionalToken })
  .transform(({ DeviceFleetSummaries, NextToken }) => ({ items: DeviceFleetSummaries, nextToken: NextToken }));

const describeDeviceFleetAnswer: z.ZodType<DeviceFleetAnswer> = z
  .object({ DeviceFleetName: z.string(), Description: optionalText })
  .transform(({ Description }) => ({ description: Description }));

const count = z.int32().min(0);
const fleetReportAnswer: z.ZodType<DeviceFleetReportAnswer> = z
  .object({ DeviceStats: z.object({ RegisteredDeviceCount: count, ConnectedDeviceCount: count }) })
  .transform(({ DeviceStats }) => ({
    registeredDeviceCount: DeviceStats.RegisteredDeviceCount,
    connectedDeviceCount: DeviceStats.ConnectedDeviceCount,
  }));

/**
 * The reads of SageMaker's registry of fleets and devices through the SDK client, which is imported with the first of them: it
 * is large, and many a gateway never needs it.
 */
export function createSagemaker(config: SageMakerClientConfig, send: Send): Sagemaker {
  let loading: ReturnType<typeof loadSdk> | null = null;
  const load = () => (loading ??= loadSdk(config));

  return {
    listDevices: ({ deviceFleetName, ...page }, call) => {
      const devices = { ...pageInput(page), DeviceFleetName: deviceFleetName ?? undefined };
      return send(read('ListDevices'), listDevicesAnswer, call, devices, async (input, exchange) => {
        const { sdk, client } = await load();
        return client.send(new sdk.ListDevicesCommand(input), exchange);
      });
    },
    describeDevice: (device, call) => nullIf('NOT_FOUND', readDevice(device, call)),
    listDeviceFleets: (page, call) =>
      send(read('ListDeviceFleets'), listDeviceFleetsAnswer, call, pageInput(page), async (input, exchange) => {
        const { sdk, client } = await load();
        return client.send(new sdk.ListDeviceFleetsCommand(input), exchange);
      }),
    describeDeviceFleet: (deviceFleetName, call) =>
      nullIf(
        'NOT_FOUND',
        send(
          read('DescribeDeviceFleet'),
          describeDeviceFleetAnswer,
          call,
          { DeviceFleetName: deviceFleetName },
          async (input, exchange) => {
            const { sdk, client } = await load();
            return client.send(new sdk.DescribeDeviceFleetCommand(input), exchange);
          },
        ),
      ),
    getDeviceFleetReport: (deviceFleetName, call) =>
      nullIf(
        'NOT_FOUND',
        send(
          read('GetDeviceFleetReport'),
          fleetReportAnswer,
          call,
          { DeviceFleetName: deviceFleetName },
          async (input, exchange) => {
            const { sdk, client } = await load();
            return client.send(new sdk.GetDeviceFleetReportCommand(input), exchange);
          },
        ),
      ),
  };

  /** Reads on while there are more of the device's models. */
  async function readDevice(
    device: DeviceKey,
    call: UpstreamCall,
    nextToken: string | null = null,
  ): Promise<DeviceAnswer> {
    const pageOfDevice = {
      DeviceName: device.deviceName,
      DeviceFleetName: device.deviceFleetName,
      NextToken: nextToken ?? undefined,
    };
    const page = await send(
      read('DescribeDevice'),
      describeDeviceAnswer,
      call,
      pageOfDevice,
      async (input, exchange) => {
        const { sdk, client } = await load();
        return client.send(new sdk.DescribeDeviceCommand(input), exchange);
      },
    );
    if (page.nextToken === null) return page.device;
    const rest = await readDevice(device, call, page.nextToken);
    return { ...page.device, models: [...page.device.models, ...rest.models] };
  }
}

async function loadSdk(config: SageMakerClientConfig) {
  const sdk = await import('@aws-sdk/client-sagemaker');
  return { sdk, client: new sdk.SageMakerClient(config) };
}

function pageInput({ nextToken, maxResults }: PageRequest) {
  return { NextToken: nextToken ?? undefined, MaxResults: maxResults };
}

function deviceHead(device: z.output<z.ZodObject<typeof deviceMembers>>) {
  return {
    deviceName: device.DeviceName,
    deviceFleetName: device.DeviceFleetName,
    description: device.Description,
    iotThingName: device.IotThingName,
    latestHeartbeat: device.LatestHeartbeat,
    agentVersion: device.AgentVersion,
  };
}
