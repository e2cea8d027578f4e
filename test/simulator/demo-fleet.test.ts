import { expect, it } from 'vitest';
import devices from '../../examples/devices.json' with { type: 'json' };
import packagingJobs from '../../examples/edge-packaging-jobs.json' with { type: 'json' };
import inputs from '../../examples/inputs.json' with { type: 'json' };
import { DEMO_DEVICES, DEMO_FLEET, isSilent, SILENT_DEVICE } from '../../src/simulator/demo-fleet.ts';

it('the simulated devices are those of the examples, in their order', () => {
  expect(DEMO_FLEET).toBe(devices.DeviceFleetName);
  expect(DEMO_DEVICES.map(({ deviceName }) => deviceName)).toEqual(devices.Devices.map(({ DeviceName }) => DeviceName));
});

it('a device runs a model that the examples deploy', () => {
  const models = packagingJobs.map(({ ModelName, ModelVersion }) => `${ModelName} ${ModelVersion}`);
  for (const { modelName, modelVersion } of DEMO_DEVICES) expect(models).toContain(`${modelName} ${modelVersion}`);
});

it('a reading has exactly the attributes that its input declares', () => {
  for (const device of DEMO_DEVICES) {
    const { inputName, payload } = device.reading(1_800_000_000);
    const declared = inputs.find((input) => input.inputName === inputName)?.inputDefinition.attributes;
    expect(Object.keys(payload)).toEqual(declared?.map(({ jsonPath }) => jsonPath));
  }
});

it('over two minutes every threshold of the models is crossed by some devices and not by others', () => {
  const reach = (name: string, isBeyond: (value: unknown) => boolean) =>
    DEMO_DEVICES.filter((device) => name in device.reading(0).payload).map((device) =>
      Array.from({ length: 40 }, (_, round) => device.reading(1_800_000_000 + 3 * round).payload[name]).some(isBeyond),
    );
  const isAbove = (limit: number) => (value: unknown) => Number(value) > limit;
  for (const crossings of [reach('pressure', isAbove(70)), reach('temperature', isAbove(-15))]) {
    expect(new Set(crossings)).toEqual(new Set([true, false]));
  }
  expect(new Set(reach('doorOpen', (value) => value === true))).toEqual(new Set([true]));
});

it('one device is silent for more than three minutes at a time, and speaks for as long', () => {
  expect(DEMO_DEVICES.map(({ deviceName }) => deviceName)).toContain(SILENT_DEVICE);
  const silences = Array.from({ length: 480 }, (_, second) => isSilent(SILENT_DEVICE, second));
  expect(silences.filter(Boolean)).toHaveLength(240);
  expect(silences.indexOf(true)).toBe(30);
  expect(silences.lastIndexOf(true)).toBe(269);
  expect(isSilent('press-01', 100)).toBe(false);
});
