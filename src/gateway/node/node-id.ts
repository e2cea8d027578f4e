import { z } from 'zod';
import { badUserInput } from '../errors.ts';
import { keepsRule, RULES } from '../rules.ts';
import { type AlarmKey, type DetectorKey, type DeviceKey } from '../upstream/upstream.ts';

/** What a node id says: which object of which type. */
export type NodeRef =
  | { readonly type: 'Device'; readonly key: DeviceKey }
  | { readonly type: 'Detector'; readonly key: DetectorKey }
  | { readonly type: 'Alarm'; readonly key: AlarmKey };

const name = (rule: (typeof RULES)[keyof typeof RULES]) => z.string().refine((value) => keepsRule(value, rule));

const idShape = z.union([
  z.tuple([z.literal('Device'), name(RULES.deviceFleetName), name(RULES.deviceName)]),
  z.tuple([z.literal('Detector'), name(RULES.detectorModelName), name(RULES.keyValue).nullable()]),
  z.tuple([z.literal('Alarm'), name(RULES.alarmModelName), name(RULES.keyValue).nullable()]),
]);

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
  const parts = decode(id);
  if (parts === null) throw badUserInput(argument, 'Expected an id that an answer gave, got another text');
  switch (parts[0]) {
    case 'Device':
      return { type: 'Device', key: { deviceFleetName: parts[1], deviceName: parts[2] } };
    case 'Detector':
      return { type: 'Detector', key: { detectorModelName: parts[1], keyValue: parts[2] } };
    case 'Alarm':
      return { type: 'Alarm', key: { alarmModelName: parts[1], keyValue: parts[2] } };
  }
}

function encode(parts: z.infer<typeof idShape>): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function decode(id: string): z.infer<typeof idShape> | null {
  try {
    const parts = idShape.parse(JSON.parse(Buffer.from(id, 'base64url').toString()));
    // An object has one id: another writing of the same parts is none.
    return encode(parts) === id ? parts : null;
  } catch {
    return null;
  }
}
