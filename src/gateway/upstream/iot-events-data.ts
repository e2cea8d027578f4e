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
} from '@aws-sdk/client-iot-events-data';
import { nullIf } from './errors.ts';
import { type Operation, upstreamError } from './faults.ts';
import {
  BATCH_ANSWERS,
  describeAlarmAnswer,
  describeDetectorAnswer,
  listAlarmsAnswer,
  listDetectorsAnswer,
} from './iot-events-answers.ts';
import { type Send, type SendCommand } from './send.ts';
import { type Transport } from './transport.ts';
import {
  type AlarmActionName,
  type AlarmActionRequest,
  type AlarmKey,
  type DetectorKey,
  type EntryFailure,
  type MessageRequest,
  type Upstream,
  type UpstreamCall,
} from './upstream.ts';

type IotEventsData = Pick<
  Upstream,
  | 'describeDetector'
  | 'listDetectors'
  | 'describeAlarm'
  | 'listAlarms'
  | 'batchPutMessage'
  | 'batchUpdateDetector'
  | 'batchDeleteDetector'
  | 'batchAlarmAction'
>;

const operation = (name: string, reads: boolean): Operation => ({ service: 'iotevents-data', name, reads });

const DESCRIBE_DETECTOR = operation('DescribeDetector', true);
const LIST_DETECTORS = operation('ListDetectors', true);
const DESCRIBE_ALARM = operation('DescribeAlarm', true);
const LIST_ALARMS = operation('ListAlarms', true);

/** IoT Events Data's twelve operations through the SDK client's commands. */
export function createIotEventsData(transport: Transport, send: Send): IotEventsData {
  return { ...createReads(transport, send), ...createMutations(transport, send) };
}

function createReads(transport: Transport, send: Send) {
  return {
    describeDetector: (detector, call) =>
      nullIf(
        'NOT_FOUND',
        send(DESCRIBE_DETECTOR, describeDetectorAnswer, call, detectorInput(detector), (input, exchange) =>
          transport(DescribeDetectorCommand, input, exchange),
        ),
      ),
    listDetectors: ({ detectorModelName, stateName, nextToken, maxResults }, call) =>
      send(
        LIST_DETECTORS,
        listDetectorsAnswer,
        call,
        { detectorModelName, stateName: stateName ?? undefined, nextToken: nextToken ?? undefined, maxResults },
        (input, exchange) => transport(ListDetectorsCommand, input, exchange),
      ),
    describeAlarm: (alarm, call) =>
      nullIf(
        'NOT_FOUND',
        send(DESCRIBE_ALARM, describeAlarmAnswer, call, alarmInput(alarm), (input, exchange) =>
          transport(DescribeAlarmCommand, input, exchange),
        ),
      ),
    listAlarms: ({ alarmModelName, nextToken, maxResults }, call) =>
      send(
        LIST_ALARMS,
        listAlarmsAnswer,
        call,
        { alarmModelName, nextToken: nextToken ?? undefined, maxResults },
        (input, exchange) => transport(ListAlarmsCommand, input, exchange),
      ),
  } satisfies Partial<IotEventsData>;
}

function createMutations(transport: Transport, send: Send) {
  return {
    batchPutMessage: (messages, call) =>
      sendBatch(
        'BatchPutMessage',
        'BatchPutMessageErrorEntries',
        messages,
        call,
        { messages: messages.map(messageInput) },
        (input, exchange) => transport(BatchPutMessageCommand, input, exchange),
      ),
    batchUpdateDetector: (detectors, call) => {
      const updates = detectors.map((update) => ({
        messageId: update.messageId,
        ...detectorInput(update),
        state: { stateName: update.stateName, variables: [...update.variables], timers: [...update.timers] },
      }));
      return sendBatch(
        'BatchUpdateDetector',
        'batchUpdateDetectorErrorEntries',
        detectors,
        call,
        { detectors: updates },
        (input, exchange) => transport(BatchUpdateDetectorCommand, input, exchange),
      );
    },
    batchDeleteDetector: (detectors, call) => {
      const deletions = detectors.map((deletion) => ({ messageId: deletion.messageId, ...detectorInput(deletion) }));
      return sendBatch(
        'BatchDeleteDetector',
        'batchDeleteDetectorErrorEntries',
        detectors,
        call,
        { detectors: deletions },
        (input, exchange) => transport(BatchDeleteDetectorCommand, input, exchange),
      );
    },
    batchAlarmAction: (action, alarms, call) => {
      const { name, sendVia } = ALARM_ACTIONS[action];
      return sendBatch(name, 'errorEntries', alarms, call, alarms, sendVia(transport));
    },
  } satisfies Partial<IotEventsData>;

  /** An error entry for an id that was not sent makes the answer unreadable: which of the sent ones failed cannot be told. */
  async function sendBatch<Input extends object>(
    name: string,
    errorMember: keyof typeof BATCH_ANSWERS,
    entries: readonly ({ readonly messageId: string } | { readonly requestId: string })[],
    call: UpstreamCall,
    input: Input,
    sendCommand: SendCommand<Input>,
  ): Promise<readonly EntryFailure[]> {
    const failures = await send(operation(name, false), BATCH_ANSWERS[errorMember], call, input, sendCommand);
    const ids = entries.map((entry) => ('messageId' in entry ? entry.messageId : entry.requestId));
    if (failures.every(({ id }) => ids.includes(id))) return failures;
    const message = `In the answer, ${errorMember}: Expected ids that were sent, got another`;
    throw upstreamError(operation(name, false), 'unreadable', message);
  }
}

interface AlarmAction {
  readonly name: string;
  readonly sendVia: (transport: Transport) => SendCommand<readonly AlarmActionRequest[]>;
}

const ALARM_ACTIONS: Record<AlarmActionName, AlarmAction> = {
  ACKNOWLEDGE: {
    name: 'BatchAcknowledgeAlarm',
    sendVia: (transport) => (alarms, exchange) =>
      transport(BatchAcknowledgeAlarmCommand, { acknowledgeActionRequests: alarms.map(actionInput) }, exchange),
  },
  DISABLE: {
    name: 'BatchDisableAlarm',
    sendVia: (transport) => (alarms, exchange) =>
      transport(BatchDisableAlarmCommand, { disableActionRequests: alarms.map(actionInput) }, exchange),
  },
  ENABLE: {
    name: 'BatchEnableAlarm',
    sendVia: (transport) => (alarms, exchange) =>
      transport(BatchEnableAlarmCommand, { enableActionRequests: alarms.map(actionInput) }, exchange),
  },
  RESET: {
    name: 'BatchResetAlarm',
    sendVia: (transport) => (alarms, exchange) =>
      transport(BatchResetAlarmCommand, { resetActionRequests: alarms.map(actionInput) }, exchange),
  },
  SNOOZE: {
    name: 'BatchSnoozeAlarm',
    sendVia: (transport) => (alarms, exchange) =>
      transport(BatchSnoozeAlarmCommand, { snoozeActionRequests: alarms.map(snoozeInput) }, exchange),
  },
};

function detectorInput(detector: DetectorKey) {
  return { detectorModelName: detector.detectorModelName, keyValue: detector.keyValue ?? undefined };
}

function alarmInput(alarm: AlarmKey) {
  return { alarmModelName: alarm.alarmModelName, keyValue: alarm.keyValue ?? undefined };
}

function actionInput(action: AlarmActionRequest) {
  return { requestId: action.requestId, ...alarmInput(action), note: action.note ?? undefined };
}

function snoozeInput(action: AlarmActionRequest) {
  return { ...actionInput(action), snoozeDuration: action.snoozeDurationSeconds ?? undefined };
}

function messageInput(message: MessageRequest) {
  return {
    messageId: message.messageId,
    inputName: message.inputName,
    payload: message.payload,
    timestamp: message.timestamp ? { timeInMillis: message.timestamp.getTime() } : undefined,
  };
}
