import { withoutNulls } from '../protocol/json-document.ts';
import { type JsonDocument } from '../protocol/shape.ts';
import { isTemplate, readTemplate } from './cloudformation.ts';
import { type Kind } from './kind.ts';
import { alarmModel, detectorModel, input, loggingOptions } from './kinds-iot-events.ts';
import { deploymentPlan, deviceFleet, devices, packagingJob } from './kinds-sagemaker.ts';
import { type FileEntry } from './resource-file.ts';

/** What the content of a file holds. */
interface Reading {
  readonly entries: readonly FileEntry[];
  /** What is left out. */
  readonly notes: readonly string[];
}

/**
 * The requests in the content of a file: one control-plane request, the answer of a Describe operation, a CloudFormation
 * template, or an array of those.
 */
export function readResources(content: unknown): Reading {
  const readings = Array.isArray(content)
    ? content.map((entry: unknown, index) => readContent(`[${index}]`, entry))
    : [readContent('', content)];
  return { entries: readings.flatMap(({ entries }) => entries), notes: readings.flatMap(({ notes }) => notes) };
}

function readContent(path: string, content: unknown): Reading {
  if (!isObject(content)) {
    const got = Array.isArray(content) ? 'an array' : typeof content;
    return { entries: [refuse(path, 'an object', got)], notes: [] };
  }
  // Console exports hold explicit nulls, which count as absent. Source: detector-engine.md, 5.1.
  const json = withoutNulls(content);
  // A scenario for the models beside it (docs/test-model.md).
  if ('steps' in json) return { entries: [], notes: [] };
  if (isTemplate(json)) {
    const { resources, notes } = readTemplate(json);
    const entries = resources.map(({ path: below, request, issues }) =>
      issues.length > 0
        ? { resource: null, issues: issues.map((issue) => ({ ...issue, path: join(path, issue.path) })) }
        : readRequest(join(path, below), request),
    );
    return { entries, notes };
  }
  const summaries = json['DeviceSummaries'];
  if (!Array.isArray(summaries)) return { entries: [readRequest(path, json)], notes: [] };
  return { entries: readResources(summaries).entries, notes: [] };
}

/** The kinds by the first member that tells them. */
const kinds: readonly (readonly [string, Kind])[] = [
  ['inputName', input],
  ['detectorModelName', detectorModel],
  ['alarmModelName', alarmModel],
  ['loggingOptions', loggingOptions],
  ['EdgeDeploymentPlanName', deploymentPlan],
  ['EdgePackagingJobName', packagingJob],
  ['Devices', devices],
  ['DeviceFleetName', deviceFleet],
];

function readRequest(path: string, content: JsonDocument): FileEntry {
  const { envelope, json } = withoutEnvelope(content);
  const kind = kinds.find(([member]) => member in json)?.[1];
  if (kind !== undefined) return kind.read(join(path, envelope), json);
  return refuse(path, requestKinds, `an object with the members [${Object.keys(json).join(', ')}]`);
}

const requestKinds =
  'a request of CreateInput, CreateDetectorModel, CreateAlarmModel, PutLoggingOptions, CreateDeviceFleet, ' +
  'RegisterDevices, CreateEdgePackagingJob or CreateEdgeDeploymentPlan, or what a Describe operation answers';

function refuse(path: string, expected: string, got: string): FileEntry {
  return { resource: null, issues: [{ path, message: `Expected ${expected}, got ${got}` }] };
}

/** The request that the answer of a Describe operation stands for. Source: detector-engine.md, 5.1. */
function withoutEnvelope(content: JsonDocument): { readonly envelope: string; readonly json: JsonDocument } {
  for (const [envelope, configurationName] of [
    ['input', 'inputConfiguration'],
    ['detectorModel', 'detectorModelConfiguration'],
  ] as const) {
    const described = content[envelope];
    if (!isObject(described)) continue;
    const { [configurationName]: configuration, ...definition } = described;
    if (isObject(configuration)) return { envelope, json: { ...configuration, ...definition } };
  }
  const { DeviceName, DeviceFleetName, Description, IotThingName, ModelArtifact, ...rest } = content;
  if (DeviceName !== undefined) {
    return {
      envelope: '',
      json: { DeviceFleetName, Devices: [withoutNulls({ DeviceName, Description, IotThingName })] },
    };
  }
  if (typeof ModelArtifact === 'string' && isObject(rest['OutputConfig'])) {
    // Where the artifact is counts, not where AWS was told to put it.
    return {
      envelope: '',
      json: { ...rest, OutputConfig: { ...rest['OutputConfig'], S3OutputLocation: ModelArtifact } },
    };
  }
  return { envelope: '', json: content };
}

function join(path: string, below: string): string {
  return path === '' || below === '' ? path + below : `${path}.${below}`;
}

function isObject(value: unknown): value is JsonDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
