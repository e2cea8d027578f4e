/** The fleet of examples/ that the simulator speaks for. */
export const DEMO_FLEET = 'demo';

/** One message for the data plane, as PutMessagesInput takes it. */
export interface SimulatedMessage {
  readonly inputName: string;
  readonly payload: Readonly<Record<string, string | number | boolean>>;
}

/** One device: the edge model that it runs, and what it measures. */
export interface SimulatedDevice {
  readonly deviceName: string;
  readonly modelName: string;
  readonly modelVersion: string;
  /** What it measures, `seconds` after the epoch. */
  reading(seconds: number): SimulatedMessage;
}

/** Its 24 devices, in the order of their names in examples/devices.json. */
export const DEMO_DEVICES: readonly SimulatedDevice[] = [
  ...numbered('press').map((deviceName, index) => motor(deviceName, index, 45 + 3 * index, 1480)),
  ...numbered('pump').map((deviceName, index) => motor(deviceName, index, 60 - 2 * index, 2950)),
  ...numbered('coldroom').map((deviceName, index) => coldRoom(deviceName, index)),
];

/** What the device that falls silent is called. */
export const SILENT_DEVICE = 'pump-08';

/** It is silent from half a minute on, for four minutes of every eight: long enough for its watchdog and its presence. */
export function isSilent(deviceName: string, secondsSinceStart: number): boolean {
  const phase = secondsSinceStart % 480;
  return deviceName === SILENT_DEVICE && phase >= 30 && phase < 270;
}

function numbered(kind: string): readonly string[] {
  return Array.from({ length: 8 }, (_, index) => `${kind}-${String(index + 1).padStart(2, '0')}`);
}

/** Pressure swings by 20 bar around its mean; those with a high mean stay above 70 bar for a while in each period. */
function motor(deviceName: string, index: number, meanPressure: number, rpm: number): SimulatedDevice {
  const phase = phaseOf(index);
  return {
    deviceName,
    modelName: 'vibration-anomaly',
    modelVersion: '2.1',
    reading: (seconds) => ({
      inputName: 'MotorReading',
      payload: {
        deviceName,
        pressure: rounded(meanPressure + 20 * wave(seconds, 45, phase) + 2 * wave(seconds, 7, phase)),
        rpm: Math.round(rpm + 15 * wave(seconds, 11, phase)),
      },
    }),
  };
}

/** The door opens for a tenth of each period; every fourth room has weak cooling and warms up meanwhile. */
function coldRoom(deviceName: string, index: number): SimulatedDevice {
  const phase = phaseOf(index);
  const swing = index % 4 === 0 ? 6 : 1.5;
  return {
    deviceName,
    modelName: 'door-vision',
    modelVersion: '1.4',
    reading: (seconds) => ({
      inputName: 'ColdRoomReading',
      payload: {
        deviceName,
        temperature: rounded(-19 + swing * wave(seconds, 60, phase)),
        doorOpen: (seconds / 60 + phase) % 1 < 0.1,
      },
    }),
  };
}

/** -1 to 1, once up and down in each period. */
function wave(seconds: number, periodSeconds: number, phase: number): number {
  return Math.sin(2 * Math.PI * (seconds / periodSeconds + phase));
}

/** 0 to 1: spreads neighbours over the period, by the golden ratio. */
function phaseOf(index: number): number {
  return (index * 0.618) % 1;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
