import { type GraphQLError } from 'graphql';
import { type Context } from '../context.ts';
import { badUserInput, notConfigured } from '../errors.ts';
import { type Resolvers } from '../generated/resolvers.ts';
import { keyValueOfDevice } from '../join.ts';
import { deviceId } from '../node/node-id.ts';
import { checkArguments, checkListSize, checkText, MAX_PAGE, RULES } from '../rules.ts';
import { type Device } from './device.ts';
import { sendHeartbeat } from './heartbeat.ts';

const REGISTERED = new Set(['registered', 'true', 'active']);
const MAX_INT = 2 ** 31 - 1;

const needsRegistry = (field: string): GraphQLError =>
  notConfigured(field, 'the device registry (SageMaker control plane)');

/** Devices: identity, SageMaker Edge Manager's two reads, the join with detectors and alarms, heartbeats. */
export const deviceResolvers: Resolvers = {
  Query: {
    device(_parent, { deviceFleetName, deviceName }) {
      checkArguments({ deviceFleetName, deviceName });
      return { deviceFleetName, deviceName };
    },
    devices() {
      throw needsRegistry('devices');
    },
    deviceFleets() {
      throw needsRegistry('deviceFleets');
    },
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
    detector(device, { detectorModelName }, context) {
      checkArguments({ detectorModelName });
      return loadDetector(device, detectorModelName, context);
    },
    async detectors(device, { detectorModelNames }, context) {
      const names = joinedModels('detectorModelNames', detectorModelNames, context.join.detectorModelNames);
      const detectors = await Promise.all(names.map((name) => loadDetector(device, name, context)));
      return detectors.filter((detector) => detector !== null);
    },
    async alarms(device, { alarmModelNames }, context) {
      const names = joinedModels('alarmModelNames', alarmModelNames, context.join.alarmModelNames);
      const alarms = await Promise.all(names.map((name) => loadAlarm(device, name, context)));
      return alarms.filter((alarm) => alarm !== null);
    },
  },
  DeviceRegistration: {
    isRegistered: ({ deviceRegistration }) => REGISTERED.has(deviceRegistration.toLowerCase()),
    cacheTtlSeconds({ cacheTtl }) {
      const seconds = cacheTtl !== null && /^\d+$/.test(cacheTtl) ? Number(cacheTtl) : null;
      return seconds !== null && seconds <= MAX_INT ? seconds : null;
    },
  },
};

/** The models whose detectors or alarms a device is asked for, each once: those named, else those in the settings. */
function joinedModels(
  argument: string,
  given: readonly string[] | null | undefined,
  settings: readonly string[],
): readonly string[] {
  const names = given ?? settings;
  if (names === settings && names.length === 0) {
    throw badUserInput(argument, 'Expected names, as the settings name no models, got none');
  }
  checkListSize(argument, names, MAX_PAGE);
  names.forEach((name, index) => {
    checkText(`${argument}[${index}]`, name, RULES.detectorModelName);
  });
  return [...new Set(names)];
}

async function loadDetector(device: Device, detectorModelName: string, { join, loaders }: Context) {
  const keyValue = keyValueOfDevice(join, device);
  return keyValue === null ? null : loaders.detector.load({ detectorModelName, keyValue });
}

async function loadAlarm(device: Device, alarmModelName: string, { join, loaders }: Context) {
  const keyValue = keyValueOfDevice(join, device);
  return keyValue === null ? null : loaders.alarm.load({ alarmModelName, keyValue });
}
