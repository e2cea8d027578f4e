import { expect, it } from 'vitest';
import fc from 'fast-check';
import { deviceOfKeyValue, keyValueOfDevice } from '../../src/gateway/join.ts';

const join = (keyTemplate: string) => ({ keyTemplate, detectorModelNames: [], alarmModelNames: [] });
const name = fc.stringMatching(/^[a-z0-9]([-_]?[a-z0-9]){0,8}$/);
const template = fc.constantFrom(
  '{deviceName}',
  '{deviceFleetName}:{deviceName}',
  'x-{deviceName}_{deviceName}',
  '{deviceName}-{deviceFleetName}',
);

it('a keyValue leads back to the device that it was made of', () => {
  fc.assert(
    fc.property(template, name, name, (keyTemplate, deviceFleetName, deviceName) => {
      const device = { deviceFleetName, deviceName };
      const keyValue = keyValueOfDevice(join(keyTemplate), device);
      expect(deviceOfKeyValue(join(keyTemplate), deviceFleetName, keyValue)).toEqual(device);
    }),
  );
});

it.each([
  ['{deviceName}', null],
  ['{deviceName}', 'ends-'],
  ['line-{deviceName}', 'other-d0'],
  ['line-{deviceName}', 'line-'],
  ['{deviceName}:{deviceName}', 'd0:d1'],
  ['fixed', 'fixed'],
])('by the template %j the keyValue %j is no device’s', (keyTemplate, keyValue) => {
  expect(deviceOfKeyValue(join(keyTemplate), 'demo', keyValue)).toBeNull();
});
