import { type Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Issue } from '../../engine/reading.ts';
import { type Path, readShape, type Shape, violationText } from '../protocol/shape.ts';
import { type JsonRequest, type Resource, type ResourceFile } from './resource.ts';
import { alarmModel, deploymentPlan, deviceFleet, devices, packagingJob } from './shapes.ts';

/**
 * The requests in all `.json` files in a directory and below it, in the order of their paths, hidden folders excepted. A
 * file holds one control-plane request or an array of them. What is wrong with a file is among its issues.
 * Rejects if the directory cannot be read.
 */
export async function readResources(directory: string): Promise<readonly ResourceFile[]> {
  const files = await listFiles(directory);
  return Promise.all(files.map(readResourceFile));
}

async function listFiles(directory: string): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(directory, { recursive: true, withFileTypes: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Expected a directory of JSON files to load, got ${directory}: ${reason}`, { cause });
  }
  // Symbolic links count as files: that is how Kubernetes mounts a ConfigMap, with the real files in a hidden folder.
  return entries
    .filter((entry) => entry.name.endsWith('.json') && (entry.isFile() || entry.isSymbolicLink()))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(directory, file).split(sep).some(isSkipped))
    .sort();
}

function isSkipped(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

async function readResourceFile(file: string): Promise<ResourceFile> {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { file, resources: [], issues: [{ path: '', message: `Expected a JSON file, got: ${reason}` }] };
  }
  const places = Array.isArray(content)
    ? content.map((json: unknown, index) => ({ path: `[${index}]`, json }))
    : [{ path: '', json: content }];
  const readings = places.map(({ path, json }) => readResource(path, withoutNulls(json)));
  return {
    file,
    resources: readings.flatMap(({ resource }) => resource ?? []),
    issues: readings.flatMap(({ issues }) => issues),
  };
}

interface ResourceReading {
  readonly resource: Resource | null;
  readonly issues: readonly Issue[];
}

function readResource(place: string, content: unknown): ResourceReading {
  if (!isObject(content)) return refuse(place, 'an object', Array.isArray(content) ? 'an array' : typeof content);
  const { envelope, json } = withoutEnvelope(content);
  const path = joinPath(place, envelope);
  if ('inputName' in json) return { resource: { kind: 'input', path, json }, issues: [] };
  if ('detectorModelName' in json) return { resource: { kind: 'detectorModel', path, json }, issues: [] };
  const read = <T>(shape: Shape<T>, toResource: (request: T) => Resource): ResourceReading => {
    const result = readShape(shape, json);
    if (result.ok) return { resource: toResource(result.value), issues: [] };
    const toIssue = (violation: (typeof result.violations)[number]) => ({
      path: joinPath(path, violation.path),
      message: violationText(violation),
    });
    return { resource: null, issues: result.violations.map(toIssue) };
  };
  if ('alarmModelName' in json) return read(alarmModel, (request) => ({ kind: 'alarmModel', path, json, request }));
  if ('EdgeDeploymentPlanName' in json) {
    return read(deploymentPlan, (request) => ({ kind: 'deploymentPlan', path, json, request }));
  }
  if ('EdgePackagingJobName' in json) {
    return read(packagingJob, (request) => ({ kind: 'packagingJob', path, json, request }));
  }
  if ('DeviceFleetName' in json) {
    return 'Devices' in json
      ? read(devices, (request) => ({ kind: 'devices', path, json, request }))
      : read(deviceFleet, (request) => ({ kind: 'deviceFleet', path, json, request }));
  }
  return refuse(path, requestKinds, `an object with the members [${Object.keys(json).join(', ')}]`);
}

const requestKinds =
  'a request of CreateInput, CreateDetectorModel, CreateAlarmModel, CreateDeviceFleet, RegisterDevices, ' +
  'CreateEdgePackagingJob or CreateEdgeDeploymentPlan';

function refuse(path: string, expected: string, got: string): ResourceReading {
  return { resource: null, issues: [{ path, message: `Expected ${expected}, got ${got}` }] };
}

/** The request that an answer of describe-input or describe-detector-model stands for. Source: detector-engine.md, 5.1. */
function withoutEnvelope(content: JsonRequest): { readonly envelope: Path; readonly json: JsonRequest } {
  for (const [name, configurationName] of [
    ['input', 'inputConfiguration'],
    ['detectorModel', 'detectorModelConfiguration'],
  ] as const) {
    const described = content[name];
    if (!isObject(described)) continue;
    const { [configurationName]: configuration, ...definition } = described;
    if (isObject(configuration)) return { envelope: [name], json: { ...configuration, ...definition } };
  }
  return { envelope: [], json: content };
}

/** Console exports hold explicit nulls, which count as absent. Source: detector-engine.md, 5.1. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

function isObject(value: unknown): value is JsonRequest {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function joinPath(start: string, path: Path): string {
  return path.reduce<string>((joined, part) => {
    if (typeof part === 'number') return `${joined}[${part}]`;
    return joined === '' ? part : `${joined}.${part}`;
  }, start);
}
