import {
  BatchAcknowledgeAlarmCommand,
  BatchDeleteDetectorCommand,
  BatchDisableAlarmCommand,
  BatchEnableAlarmCommand,
  BatchPutMessageCommand,
  BatchResetAlarmCommand,
  BatchSnoozeAlarmCommand,
  BatchUpdateDetectorCommand,
  DescribeAlarmCommand,
  DescribeDetectorCommand,
  ListAlarmsCommand,
  ListDetectorsCommand,
  type Message,
} from '@aws-sdk/client-iot-events-data';
import {
  GetDeploymentsCommand,
  GetDeviceRegistrationCommand,
  SendHeartbeatCommand,
} from '@aws-sdk/client-sagemaker-edge';
import { encodeText } from '../../security/canonical-request.ts';
import { binding, type Bindings, getRequest, postRequest } from './wire-request.ts';

/** How IoT Events Data's operations are written. Source: wire.md, section 4. */
export const IOT_EVENTS_DATA_BINDINGS: Bindings = new Map([
  binding(DescribeDetectorCommand, ({ detectorModelName, keyValue }) =>
    getRequest(`/detectors/${segment(detectorModelName)}/keyValues/`, { keyValue }),
  ),
  binding(ListDetectorsCommand, ({ detectorModelName, ...query }) =>
    getRequest(`/detectors/${segment(detectorModelName)}`, query),
  ),
  binding(DescribeAlarmCommand, ({ alarmModelName, keyValue }) =>
    getRequest(`/alarms/${segment(alarmModelName)}/keyValues/`, { keyValue }),
  ),
  binding(ListAlarmsCommand, ({ alarmModelName, ...query }) => getRequest(`/alarms/${segment(alarmModelName)}`, query)),
  binding(BatchPutMessageCommand, ({ messages }) =>
    postRequest('/inputs/messages', { messages: messages?.map(messageOnWire) }),
  ),
  binding(BatchUpdateDetectorCommand, (input) => postRequest('/detectors', input)),
  binding(BatchDeleteDetectorCommand, (input) => postRequest('/detectors/delete', input)),
  binding(BatchAcknowledgeAlarmCommand, (input) => postRequest('/alarms/acknowledge', input)),
  binding(BatchDisableAlarmCommand, (input) => postRequest('/alarms/disable', input)),
  binding(BatchEnableAlarmCommand, (input) => postRequest('/alarms/enable', input)),
  binding(BatchResetAlarmCommand, (input) => postRequest('/alarms/reset', input)),
  binding(BatchSnoozeAlarmCommand, (input) => postRequest('/alarms/snooze', input)),
]);

/** How SageMaker Edge Manager's operations are written. Source: wire.md, section 5. */
export const SAGEMAKER_EDGE_BINDINGS: Bindings = new Map([
  binding(GetDeviceRegistrationCommand, (input) => postRequest('/GetDeviceRegistration', input)),
  binding(GetDeploymentsCommand, (input) => postRequest('/GetDeployments', input)),
  binding(SendHeartbeatCommand, (input) => postRequest('/SendHeartbeat', withEpochSeconds(input) as object)),
]);

function segment(name: string | undefined): string {
  return encodeText(name ?? '');
}

/** A blob is base64 in JSON. Source: wire.md, section 2. */
function messageOnWire({ payload, ...message }: Message) {
  return { ...message, payload: payload && Buffer.from(payload).toString('base64') };
}

/** Dates, however deep, as whole epoch seconds, which is what the SDK sends. Source: wire.md, section 2. */
function withEpochSeconds(value: unknown): unknown {
  if (value instanceof Date) return Math.round(value.getTime() / 1000);
  if (Array.isArray(value)) return value.map(withEpochSeconds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withEpochSeconds(member)]));
}
