import { FLEET } from './models.ts';

/** A request that was answered, but not with success. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

/** Puts one message. Rejects with a RefusedError, or as fetch does when the connection breaks. */
export async function putMessage(url: string, inputName: string, messageId: string, payload: object): Promise<void> {
  const messages = [{ messageId, inputName, payload: Buffer.from(JSON.stringify(payload)).toString('base64') }];
  await send(`${url}/inputs/messages`, { messages });
}

/** Sets the variable `value` of a detector of `holds`. Rejects as putMessage does. */
export async function updateDetector(url: string, keyValue: string, value: number): Promise<void> {
  const state = { stateName: 'Only', variables: [{ name: 'value', value: String(value) }], timers: [] };
  await send(`${url}/detectors`, { detectors: [{ messageId: 'm', detectorModelName: 'holds', keyValue, state }] });
}

/** Sends a heartbeat whose agent has the version `number`. Rejects as putMessage does. */
export async function sendHeartbeat(url: string, DeviceName: string, number: number): Promise<void> {
  await send(`${url}/SendHeartbeat`, { DeviceFleetName: FLEET, DeviceName, AgentVersion: String(number) });
}

/** A number that a detector holds; 0 if there is no such detector. Rejects as putMessage does. */
export async function readVariable(url: string, model: string, keyValue: string, name: string): Promise<number> {
  const response = await fetch(`${url}/detectors/${model}/keyValues/?keyValue=${keyValue}`);
  if (response.status === 404) return 0;
  const { detector } = (await readAnswer(response)) as {
    readonly detector: { readonly state: { readonly variables: readonly { name: string; value: string }[] } };
  };
  return Number(detector.state.variables.find((variable) => variable.name === name)?.value ?? 0);
}

/** The number of the last heartbeat; 0 if there was none. Rejects as putMessage does. */
export async function readHeartbeat(url: string, DeviceName: string): Promise<number> {
  const headers = { 'x-amz-target': 'SageMaker.DescribeDevice', 'content-type': 'application/x-amz-json-1.1' };
  const answer = await send(url, { DeviceFleetName: FLEET, DeviceName }, headers);
  return Number((answer as { readonly AgentVersion?: string }).AgentVersion ?? 0);
}

async function send(url: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const answer = await readAnswer(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  const [errorEntries] = Object.entries(answer).filter(([name]) => /ErrorEntries$/.test(name));
  if (errorEntries !== undefined && (errorEntries[1] as readonly unknown[]).length > 0) {
    throw new RefusedError(JSON.stringify(errorEntries[1]));
  }
  return answer;
}

async function readAnswer(response: Response): Promise<object> {
  const text = await response.text();
  if (!response.ok) throw new RefusedError(`${response.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as object);
}
