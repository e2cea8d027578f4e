import { badUserInput } from '../errors.ts';
import { keepsRule, RULES } from '../rules.ts';
import { type AlarmKey, type DetectorKey, type DeviceKey } from '../upstream/upstream.ts';

/** What a node id says: which object of which type. */
export type NodeRef =
  | { readonly type: 'Device'; readonly key: DeviceKey }
  | { readonly type: 'Detector'; readonly key: DetectorKey }
  | { readonly type: 'Alarm'; readonly key: AlarmKey };

type NodeParts = readonly [type: NodeRef['type'], parent: string, own: string | null];

/** What the two names of an id keep to; only a device has no null. */
const RULES_OF = {
  Device: [RULES.deviceFleetName, RULES.deviceName],
  Detector: [RULES.detectorModelName, RULES.keyValue],
  Alarm: [RULES.alarmModelName, RULES.keyValue],
} as const;

/** The id of a device: opaque to clients, the same in every answer. */
export function deviceId(key: DeviceKey): string {
  return encode(['Device', key.deviceFleetName, key.deviceName]);
}

/** The id of a detector: opaque to clients, the same in every answer. */
export function detectorId(key: DetectorKey): string {
  return encode(['Detector', key.detectorModelName, key.keyValue]);
}

/** The id of an alarm: opaque to clients, the same in every answer. */
export function alarmId(key: AlarmKey): string {
  return encode(['Alarm', key.alarmModelName, key.keyValue]);
}

/** What an id says. Fails with BAD_USER_INPUT for a text that is no id of ours; `argument` is where it stands. */
export function decodeNodeId(argument: string, id: string): NodeRef {
  const node = decode(id);
  // An object has one id: another writing of the same parts is none.
  if (node === null || encode(partsOf(node)) !== id) {
    throw badUserInput(argument, 'Expected an id that an answer gave, got another text');
  }
  return node;
}

function decode(id: string): NodeRef | null {
  const parts = parseParts(id);
  if (!isParts(parts)) return null;
  const [type, parent, own] = parts;
  switch (type) {
    case 'Device':
      return own === null ? null : { type, key: { deviceFleetName: parent, deviceName: own } };
    case 'Detector':
      return { type, key: { detectorModelName: parent, keyValue: own } };
    case 'Alarm':
      return { type, key: { alarmModelName: parent, keyValue: own } };
  }
}

function partsOf({ type, key }: NodeRef): NodeParts {
  switch (type) {
    case 'Device':
      return [type, key.deviceFleetName, key.deviceName];
    case 'Detector':
      return [type, key.detectorModelName, key.keyValue];
    case 'Alarm':
      return [type, key.alarmModelName, key.keyValue];
  }
}

function encode(parts: NodeParts): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function parseParts(id: string): unknown {
  try {
    return JSON.parse(Buffer.from(id, 'base64url').toString());
  } catch {
    return null;
  }
}

function isParts(parts: unknown): parts is NodeParts {
  if (!Array.isArray(parts)) return false;
  const [type, parent, own] = parts as unknown[];
  if (typeof type !== 'string' || !Object.hasOwn(RULES_OF, type)) return false;
  const [parentRule, ownRule] = RULES_OF[type as NodeRef['type']];
  if (typeof parent !== 'string' || !keepsRule(parent, parentRule)) return false;
  return own === null || (typeof own === 'string' && keepsRule(own, ownRule));
}
