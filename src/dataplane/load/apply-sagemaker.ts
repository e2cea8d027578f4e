import { isDeepStrictEqual } from 'node:util';
import { type Transaction } from '../store/store.ts';
import { planDeployments } from './deployment.ts';
import { nameOf } from './names.ts';
import { type ReportLine, type ResourceOf } from './resource.ts';

/** Puts the device fleets that differ from what the store has. */
export async function applyDeviceFleets(
  tx: Transaction,
  fleets: readonly ResourceOf<'deviceFleet'>[],
  nowMs: number,
): Promise<readonly ReportLine[]> {
  const lines: ReportLine[] = [];
  for (const { json, request } of fleets) {
    const deviceFleetName = request.DeviceFleetName;
    const text = nameOf.deviceFleet(deviceFleetName);
    const before = await tx.getDeviceFleet(deviceFleetName);
    if (before !== null && isDeepStrictEqual(JSON.parse(before.request), json)) {
      lines.push({ part: 'unchanged', text });
      continue;
    }
    const times = { creationTimeMs: before?.creationTimeMs ?? nowMs, lastModifiedTimeMs: nowMs };
    await tx.putDeviceFleet({ deviceFleetName, request: JSON.stringify(json), ...times });
    lines.push({ part: before === null ? 'created' : 'updated', text });
  }
  return lines;
}

/** Registers the devices; one that was registered keeps the time of that. */
export async function applyDevices(
  tx: Transaction,
  registrations: readonly ResourceOf<'devices'>[],
  nowMs: number,
): Promise<readonly ReportLine[]> {
  const counted = createCounter();
  for (const { request } of registrations) {
    const deviceFleetName = request.DeviceFleetName;
    const where = `in ${nameOf.deviceFleet(deviceFleetName)}`;
    for (const { DeviceName: deviceName, Description: description, IotThingName: iotThingName } of request.Devices) {
      const before = await tx.getDevice(deviceFleetName, deviceName);
      if (before !== null && before.description === description && before.iotThingName === iotThingName) {
        counted.add('unchanged', where);
        continue;
      }
      const registrationTimeMs = before?.registrationTimeMs ?? nowMs;
      await tx.putDevice({ deviceFleetName, deviceName, description, iotThingName, registrationTimeMs });
      counted.add(before === null ? 'created' : 'updated', where);
    }
  }
  return counted.lines('devices');
}

/** Gives every device that a plan selects its deployment; one whose deployment has changed is to perform it again. */
export async function applyDeploymentPlans(
  tx: Transaction,
  plans: readonly ResourceOf<'deploymentPlan'>[],
  packagingJobs: readonly ResourceOf<'packagingJob'>[],
  nowMs: number,
): Promise<readonly ReportLine[]> {
  const jobs = new Map(packagingJobs.map(({ request }) => [request.EdgePackagingJobName, request]));
  const counted = createCounter();
  for (const { request: plan } of plans) {
    const deviceFleetName = plan.DeviceFleetName;
    const deploymentName = plan.EdgeDeploymentPlanName;
    const where = `of ${nameOf.deploymentPlan(deploymentName)}`;
    const deviceNames = (await tx.listDevices(deviceFleetName)).map(({ deviceName }) => deviceName);
    for (const { deviceName, definition } of planDeployments(plan, deviceNames, jobs)) {
      const before = await tx.getDeployment(deviceFleetName, deviceName, deploymentName);
      if (before !== null && isDeepStrictEqual(JSON.parse(before.definition), definition)) {
        counted.add('unchanged', where);
        continue;
      }
      const row = { deviceFleetName, deviceName, deploymentName, definition: JSON.stringify(definition) };
      await tx.putDeployment({ ...row, status: 'PENDING', creationTimeMs: nowMs });
      counted.add(before === null ? 'created' : 'updated', where);
    }
  }
  return counted.lines('deployments');
}

type Outcome = 'created' | 'updated' | 'unchanged';

/** Counts what is too much for a line each: `24 devices in device fleet demo`. */
function createCounter() {
  const counts = new Map<string, { readonly part: Outcome; readonly where: string; count: number }>();
  return {
    add(part: Outcome, where: string): void {
      const counted = counts.get(`${part} ${where}`) ?? { part, where, count: 0 };
      counted.count++;
      counts.set(`${part} ${where}`, counted);
    },
    lines: (what: string): readonly ReportLine[] =>
      [...counts.values()].map(({ part, where, count }) => ({ part, text: `${count} ${what} ${where}` })),
  };
}
