import { type Connection, readConnection } from '../connection.ts';
import { type Context } from '../context.ts';
import { badUserInput } from '../errors.ts';
import { type QueryDevicesArgs, type Resolvers } from '../generated/resolvers.ts';
import { keyValueOfDevice } from '../join.ts';
import { loadDetector } from '../load-detector.ts';
import { deviceId } from '../node/node-id.ts';
import { checkArguments, checkListSize, checkText, MAX_PAGE, MAX_SAGEMAKER_PAGE, RULES } from '../rules.ts';
import { type DeviceSummaryAnswer } from '../upstream/upstream.ts';
import { type Device, type DeviceModel } from './device.ts';
import { sendHeartbeat } from './heartbeat.ts';
import { presenceOf } from './presence.ts';

const REGISTERED = new Set(['registered', 'true', 'active']);

/** Devices: identity, SageMaker Edge Manager's two reads, the registry, the join with detectors and alarms, heartbeats. */
export const deviceResolvers: Resolvers = {
  Query: {
    device(_parent, { deviceFleetName, deviceName }) {
      checkArguments({ deviceFleetName, deviceName });
      return { deviceFleetName, deviceName };
    },
    devices: (_parent, args, context) => readDevices(args, context),
  },
  Mutation: {
    async sendHeartbeat(_parent, { input }, context) {
      return { device: await sendHeartbeat(input, context) };
    },
  },
  Device: {
    id: deviceId,
    registration: (device, _args, { loaders }) => loaders.deviceRegistration.load(device),
    deployments: (device, _args, { loaders }) => loaders.deployments.load(device),
    detector(device, { detectorModelName }, context, info) {
      checkArguments({ detectorModelName });
      const keyValue = keyValueOfDevice(context.join, device);
      return keyValue === null ? null : loadDetector({ detectorModelName, keyValue }, context, info);
    },
    async detectors(device, { detectorModelNames }, context, info) {
      const { loaders, join } = context;
      checkNames('detectorModelNames', detectorModelNames);
      const keyValue = keyValueOfDevice(join, device);
      if (keyValue === null) return [];
      const names =
        detectorModelNames ??
        (await loaders.detectorModelNames()) ??
        namesOfSettings('detectorModelNames', join.detectorModelNames);
      return existing(names, (detectorModelName) => loadDetector({ detectorModelName, keyValue }, context, info));
    },
    async alarms(device, { alarmModelNames }, context) {
      const { loaders, join } = context;
      checkNames('alarmModelNames', alarmModelNames);
      const keyValue = keyValueOfDevice(join, device);
      if (keyValue === null) return [];
      const names =
        alarmModelNames ??
        (await loaders.alarmModelNames()) ??
        namesOfSettings('alarmModelNames', join.alarmModelNames);
      return existing(names, (alarmModelName) => loaders.alarm.load({ alarmModelName, keyValue }));
    },
    description: ofSummary('description'),
    iotThingName: ofSummary('iotThingName'),
    registrationTime: ofSummary('registrationTime'),
    latestHeartbeat: ofSummary('latestHeartbeat'),
    agentVersion: ofSummary('agentVersion'),
    async models(device, _args, { loaders }) {
      const summary = await loaders.deviceSummary.load(device);
      return summary && summary.models.map(({ modelName, modelVersion }) => ({ device, modelName, modelVersion }));
    },
    async presence(device, _args, context) {
      const summary = await context.loaders.deviceSummary.load(device);
      return summary && presenceOf(summary.latestHeartbeat, context.heartbeatIntervalMs, context.nowMs);
    },
  },
  DeviceModel: {
    latestSampleTime: async (model, _args, context) => (await loadUse(model, context))?.latestSampleTime ?? null,
    latestInference: async (model, _args, context) => (await loadUse(model, context))?.latestInference ?? null,
  },
  DeviceRegistration: {
    isRegistered: ({ deviceRegistration }) => REGISTERED.has(deviceRegistration.toLowerCase()),
  },
};

/** The devices of all fleets or of one, read over pages whose devices a filter leaves out. */
export function readDevices(
  { deviceFleetName = null, presence = null, first, after }: QueryDevicesArgs,
  { loaders, heartbeatIntervalMs, nowMs }: Context,
): Promise<Connection<DeviceSummaryAnswer>> {
  checkArguments({ deviceFleetName });
  return readConnection(
    { first, after },
    ['devices', deviceFleetName, presence],
    (nextToken, maxResults) => loaders.devicePage.load({ deviceFleetName, nextToken, maxResults }),
    {
      maxPage: MAX_SAGEMAKER_PAGE,
      ...(presence !== null && {
        passes: ({ latestHeartbeat }) => presenceOf(latestHeartbeat, heartbeatIntervalMs, nowMs) === presence,
      }),
    },
  );
}

/** Resolves a field that ListDevices and DescribeDevice tell alike; null: there is no such device, or no registry. */
function ofSummary<Field extends keyof DeviceSummaryAnswer>(field: Field) {
  return async (device: Device, _args: object, { loaders }: Context): Promise<DeviceSummaryAnswer[Field] | null> =>
    (await loaders.deviceSummary.load(device))?.[field] ?? null;
}

/** When a model was last used on its device; null if the device has it no longer. */
async function loadUse({ device, modelName, modelVersion }: DeviceModel, { loaders }: Context) {
  const description = await loaders.deviceDescription.load(device);
  return description?.models.find((model) => model.modelName === modelName && model.modelVersion === modelVersion);
}

function checkNames(argument: string, names: readonly string[] | null | undefined): void {
  if (names === null || names === undefined) return;
  checkListSize(argument, names, MAX_PAGE);
  names.forEach((name, index) => {
    checkText(`${argument}[${index}]`, name, RULES.detectorModelName);
  });
}

/** For where neither the client nor a control plane names the models. */
function namesOfSettings(argument: string, names: readonly string[]): readonly string[] {
  if (names.length > 0) return names;
  throw badUserInput(
    argument,
    'Expected names, as no control plane is configured and the settings name no models, got none',
  );
}

async function existing<Item>(
  modelNames: readonly string[],
  load: (modelName: string) => Promise<Item | null>,
): Promise<Item[]> {
  const items = await Promise.all([...new Set(modelNames)].map(load));
  return items.filter((item) => item !== null);
}
