import { type JoinSettings } from './context.ts';
import { keepsRule, RULES } from './rules.ts';
import { type DeviceKey } from './upstream/upstream.ts';

/** The keyValue of a device's detectors and alarms by the key template; null if that makes no valid keyValue. */
export function keyValueOfDevice({ keyTemplate }: JoinSettings, device: DeviceKey): string | null {
  const keyValue = keyTemplate
    .replaceAll('{deviceFleetName}', device.deviceFleetName)
    .replaceAll('{deviceName}', device.deviceName);
  return keepsRule(keyValue, RULES.keyValue) ? keyValue : null;
}

/** The device of a fleet that a keyValue belongs to, by the key template; null if it is none's. */
export function deviceOfKeyValue(
  { keyTemplate }: JoinSettings,
  deviceFleetName: string,
  keyValue: string | null,
): DeviceKey | null {
  const parts = keyTemplate.replaceAll('{deviceFleetName}', deviceFleetName).split('{deviceName}');
  const [before = ''] = parts;
  if (keyValue === null || parts.length === 1) return null;
  const nameLength = (keyValue.length - parts.join('').length) / (parts.length - 1);
  const deviceName = keyValue.slice(before.length, before.length + nameLength);
  const isMatch = keepsRule(deviceName, RULES.deviceName) && parts.join(deviceName) === keyValue;
  return isMatch ? { deviceFleetName, deviceName } : null;
}
