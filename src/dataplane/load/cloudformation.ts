import { type Issue } from '../../engine/reading.ts';
import { type JsonDocument } from '../protocol/shape.ts';

/** A resource of a template as a control-plane request; or why it is none. */
export interface TemplateResource {
  readonly path: string;
  readonly request: JsonDocument;
  readonly issues: readonly Issue[];
}

/** The resource types that are loaded, each with the member that CloudFormation fills with a name of its own. */
const iotEventsNames: Readonly<Record<string, string>> = {
  'AWS::IoTEvents::Input': 'inputName',
  'AWS::IoTEvents::DetectorModel': 'detectorModelName',
  'AWS::IoTEvents::AlarmModel': 'alarmModelName',
};

/** Members that are no texts; CloudFormation takes texts for them, and numbers and Booleans for texts. */
const numbers = new Set(['seconds', 'severity']);
const booleans = new Set(['useBase64', 'disabledOnInitialization', 'enabled']);

/** Whether a file is a CloudFormation template. */
export function isTemplate(content: JsonDocument): boolean {
  const resources = content['Resources'];
  return isObject(resources) && Object.values(resources).every((resource) => isObject(resource) && 'Type' in resource);
}

/**
 * The resources of a template that can be loaded, and notes on the others. One without a name has its logical id. Intrinsic
 * functions are not evaluated. [ASSUMED W6] member names lose their capital. Source: wire.md, section 6.
 */
export function readTemplate(content: JsonDocument): {
  readonly resources: readonly TemplateResource[];
  readonly notes: readonly string[];
} {
  const resources: TemplateResource[] = [];
  const notes: string[] = [];
  for (const [logicalId, resource] of Object.entries(content['Resources'] as Record<string, JsonDocument>)) {
    const path = `Resources.${logicalId}.Properties`;
    const properties = isObject(resource['Properties']) ? resource['Properties'] : {};
    const request = requestOf(String(resource['Type']), logicalId, properties);
    if (request === null) notes.push(`Resources.${logicalId}: ${String(resource['Type'])} is not loaded`);
    else resources.push({ path, request, issues: findFunctions(path, properties) });
  }
  return { resources, notes };
}

function requestOf(type: string, logicalId: string, properties: JsonDocument): JsonDocument | null {
  const nameMember = iotEventsNames[type];
  if (nameMember !== undefined) {
    return { [nameMember]: logicalId, ...(withLowerCaseMembers('', properties) as JsonDocument) };
  }
  if (type === 'AWS::SageMaker::DeviceFleet') return properties;
  if (type !== 'AWS::SageMaker::Device') return null;
  const { Device, ...registration } = properties;
  return { ...registration, Devices: Device === undefined ? [] : [Device] };
}

function withLowerCaseMembers(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => withLowerCaseMembers(name, entry));
  if (!isObject(value)) return asMember(name, value);
  return Object.fromEntries(
    Object.entries(value).map(([member, below]) => {
      const lower = member.charAt(0).toLowerCase() + member.slice(1);
      return [lower, withLowerCaseMembers(lower, below)];
    }),
  );
}

function asMember(name: string, value: unknown): unknown {
  if (numbers.has(name)) return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (booleans.has(name)) return value === 'true' || value === 'false' ? value === 'true' : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

function findFunctions(path: string, value: unknown): readonly Issue[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => findFunctions(`${path}[${index}]`, entry));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([member, below]) => {
    if (member !== 'Ref' && !member.startsWith('Fn::')) return findFunctions(`${path}.${member}`, below);
    return [
      { path, message: `Expected a value, got the intrinsic function ${member}: put what it stands for in its place` },
    ];
  });
}

function isObject(value: unknown): value is JsonDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
