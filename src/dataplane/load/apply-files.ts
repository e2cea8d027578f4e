import { type Transaction } from '../store/store.ts';
import { applyDetectorModels, applyInputs } from './apply-iot-events.ts';
import { applyDeploymentPlans, applyDeviceFleets, applyDevices } from './apply-sagemaker.ts';
import { checkFiles } from './check-files.ts';
import { nameOf, type Names } from './names.ts';
import { type LoadReport, type ReportLine, type Resource, type ResourceFile, type ResourceOf } from './resource.ts';

/** Applies the files that can be applied, within one transaction. Applying the same again changes nothing. */
export async function applyFiles(tx: Transaction, files: readonly ResourceFile[], nowMs: number): Promise<LoadReport> {
  const { good, refused } = checkFiles(files, await listStored(tx, files));
  const resources = good.flatMap((file) => file.resources);
  const ofKind = <K extends Resource['kind']>(kind: K) =>
    resources.filter((resource): resource is ResourceOf<K> => resource.kind === kind);
  const lines = [
    ...(await applyInputs(tx, ofKind('input'), nowMs)),
    ...(await applyDetectorModels(tx, ofKind('detectorModel'), nowMs)),
    ...ofKind('alarmModel').map(noteAlarmModel),
    ...(await applyDeviceFleets(tx, ofKind('deviceFleet'), nowMs)),
    ...(await applyDevices(tx, ofKind('devices'), nowMs)),
    ...(await applyDeploymentPlans(tx, ofKind('deploymentPlan'), ofKind('packagingJob'), nowMs)),
  ];
  const textsOf = (part: ReportLine['part']) => lines.filter((line) => line.part === part).map(({ text }) => text);
  return {
    created: textsOf('created'),
    updated: textsOf('updated'),
    unchanged: textsOf('unchanged'),
    refused,
    notes: textsOf('notes'),
  };
}

function noteAlarmModel({ request }: ResourceOf<'alarmModel'>): ReportLine {
  return { part: 'notes', text: `${nameOf.alarmModel(request.alarmModelName)}: alarm models are not performed yet` };
}

async function listStored(tx: Transaction, files: readonly ResourceFile[]): Promise<Names> {
  const names = new Set((await tx.listInputs()).map(({ inputName }) => nameOf.input(inputName)));
  const fleetNames = files.flatMap(({ resources }) =>
    resources.flatMap((resource) =>
      resource.kind === 'devices' || resource.kind === 'deploymentPlan' ? resource.request.DeviceFleetName : [],
    ),
  );
  for (const fleetName of new Set(fleetNames)) {
    if ((await tx.getDeviceFleet(fleetName)) !== null) names.add(nameOf.deviceFleet(fleetName));
    for (const { deviceName } of await tx.listDevices(fleetName)) names.add(nameOf.device(fleetName, deviceName));
  }
  return names;
}
