import { readDetectorModel } from '../../engine/detector/read-definition.ts';
import { readInput } from '../../engine/input.ts';
import { type Issue, type Reading } from '../../engine/reading.ts';
import { sha1Of } from './deployment.ts';
import { nameOf, type Names, namesIn } from './names.ts';
import { type Refusal, type Resource, type ResourceFile } from './resource.ts';

/**
 * Parts files into those that can be applied together and the reasons against the others, each with all its errors.
 * `stored` names what the store has. A file that is refused defines nothing: one that needs it is refused as well.
 */
export function checkFiles(
  files: readonly ResourceFile[],
  stored: Names,
): { readonly good: readonly ResourceFile[]; readonly refused: readonly Refusal[] } {
  const issues = new Map(files.map((file) => [file, [...file.issues]]));
  const report = (file: ResourceFile, found: readonly Issue[]) => issues.get(file)?.push(...found);
  for (const { file, issue } of findRepeated(files)) report(file, [issue]);
  const isGood = (file: ResourceFile) => issues.get(file)?.length === 0;
  const broken = files.filter((file) => !isGood(file));
  let good: readonly ResourceFile[] = [];
  let candidates = files.filter(isGood);
  while (candidates.length !== good.length) {
    good = candidates;
    const names = new Set([...stored, ...good.flatMap(namesInFile)]);
    for (const file of good) report(file, checkFile(file, names));
    candidates = good.filter(isGood);
  }
  const names = new Set([...stored, ...good.flatMap(namesInFile)]);
  for (const file of broken) report(file, checkFile(file, names));
  const refused = files.flatMap((file) => (issues.get(file) ?? []).map((issue) => ({ file: file.file, ...issue })));
  return { good, refused };
}

function namesInFile(file: ResourceFile): readonly string[] {
  return file.resources.flatMap(namesIn);
}

function findRepeated(files: readonly ResourceFile[]): readonly { file: ResourceFile; issue: Issue }[] {
  const definedIn = new Map<string, string>();
  const repeated: { file: ResourceFile; issue: Issue }[] = [];
  for (const file of files) {
    for (const resource of file.resources) {
      for (const name of namesIn(resource)) {
        const first = definedIn.get(name);
        if (first === undefined) definedIn.set(name, file.file);
        else
          repeated.push({
            file,
            issue: { path: resource.path, message: `Expected one ${name}, got another in ${first}` },
          });
      }
    }
  }
  return repeated;
}

function checkFile(file: ResourceFile, names: Names): readonly Issue[] {
  const known = new Set([...names, ...namesInFile(file)]);
  return file.resources.flatMap((resource) =>
    checkResource(resource, known).map(({ path, message }) => ({ path: joinPaths(resource.path, path), message })),
  );
}

function checkResource(resource: Resource, names: Names): readonly Issue[] {
  switch (resource.kind) {
    case 'input':
      return issuesOf(readInput(resource.json));
    case 'detectorModel':
      return issuesOf(readDetectorModel(resource.json, inputNamesIn(names)));
    case 'devices':
      return missing(names, 'DeviceFleetName', nameOf.deviceFleet(resource.request.DeviceFleetName));
    case 'packagingJob': {
      const sum = sha1Of(resource.request);
      if (sum === null || /^[0-9a-f]{40}$/.test(sum)) return [];
      return [
        {
          path: 'Tags',
          message: `Expected the SHA-1 of the artifact in fleetgraph:sha1 as 40 characters of lower-case hex, got '${sum}'`,
        },
      ];
    }
    case 'deploymentPlan':
      return checkPlan(resource.request, names);
    case 'alarmModel':
    case 'deviceFleet':
      return [];
  }
}

type Plan = Extract<Resource, { kind: 'deploymentPlan' }>['request'];

function checkPlan(plan: Plan, names: Names): readonly Issue[] {
  const jobs = plan.ModelConfigs.flatMap(({ EdgePackagingJobName }, index) =>
    missing(names, `ModelConfigs[${index}].EdgePackagingJobName`, nameOf.packagingJob(EdgePackagingJobName)),
  );
  const stages = (plan.Stages ?? []).flatMap(({ DeviceSelectionConfig: config }, index) => {
    const path = `Stages[${index}].DeviceSelectionConfig`;
    const member = { PERCENTAGE: 'Percentage', SELECTION: 'DeviceNames', NAMECONTAINS: 'DeviceNameContains' } as const;
    const needed = member[config.DeviceSubsetType];
    if (config[needed] === null) {
      return [
        {
          path: `${path}.${needed}`,
          message: `Expected ${needed} with DeviceSubsetType ${config.DeviceSubsetType}, got none`,
        },
      ];
    }
    if (config.DeviceSubsetType !== 'SELECTION') return [];
    return (config.DeviceNames ?? []).flatMap((deviceName, device) =>
      missing(names, `${path}.DeviceNames[${device}]`, nameOf.device(plan.DeviceFleetName, deviceName)),
    );
  });
  return [...missing(names, 'DeviceFleetName', nameOf.deviceFleet(plan.DeviceFleetName)), ...jobs, ...stages];
}

function missing(names: Names, path: string, name: string): readonly Issue[] {
  return names.has(name) ? [] : [{ path, message: `Expected ${name} in the loaded files or the store, got none` }];
}

function inputNamesIn(names: Names): ReadonlySet<string> {
  const prefix = nameOf.input('');
  return new Set([...names].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)));
}

function issuesOf(reading: Reading<unknown>): readonly Issue[] {
  return reading.ok ? [] : reading.issues;
}

function joinPaths(start: string, path: string): string {
  return start === '' || path === '' ? start + path : `${start}.${path}`;
}
