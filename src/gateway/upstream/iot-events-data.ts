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
  type IoTEventsDataClient,
  ListAlarmsCommand,
  ListDetectorsCommand,
} from '@aws-sdk/client-iot-events-data';
import { nullIf } from './errors.ts';
import { type Operation } from './faults.ts';
import { type Exchange } from './http-handler.ts';
import {
  batchAnswer,
  describeAlarmAnswer,
  describeDetectorAnswer,
  listAlarmsAnswer,
  listDetectorsAnswer,
} from './iot-events-answers.ts';
import { type Send, type SendCommand } from './send.ts';
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

/** IoT Events Data's twelve operations through the SDK client. */
export function createIotEventsData(client: IoTEventsDataClient, send: Send): IotEventsData {
  return { ...createReads(client, send), ...createMutations(client, send) };
}

function createReads(client: IoTEventsDataClient, send: Send) {
  return {
    describeDetector: (detector, call) =>
      nullIf(
        'NOT_FOUND',
        send(operation('DescribeDetector', true), describeDetectorAnswer, call, (exchange) =>
          client.send(new DescribeDetectorCommand(detectorInput(detector)), exchange),
        ),
      ),
    listDetectors: ({ detectorModelName, stateName, nextToken, maxResults }, call) =>
      send(operation('ListDetectors', true), listDetectorsAnswer, call, (exchange) =>
        client.send(
          new ListDetectorsCommand({
            detectorModelName,
            stateName: stateName ?? undefined,
            nextToken: nextToken ?? undefined,
            maxResults,
          }),
          exchange,
        ),
      ),
    describeAlarm: (alarm, call) =>
      nullIf(
        'NOT_FOUND',
        send(operation('DescribeAlarm', true), describeAlarmAnswer, call, (exchange) =>
          client.send(new DescribeAlarmCommand(alarmInput(alarm)), exchange),
        ),
      ),
    listAlarms: ({ alarmModelName, nextToken, maxResults }, call) =>
      send(operation('ListAlarms', true), listAlarmsAnswer, call, (exchange) =>
        client.send(new ListAlarmsCommand({ alarmModelName, nextToken: nextToken ?? undefined, maxResults }), exchange),
      ),
  } satisfies Partial<IotEventsData>;
}

function createMutations(client: IoTEventsDataClient, send: Send) {
  return {
    batchPutMessage: (messages, call) =>
      sendBatch('BatchPutMessage', 'BatchPutMessageErrorEntries', messages, call, (exchange) =>
        client.send(new BatchPutMessageCommand({ messages: messages.map(messageInput) }), exchange),
      ),
    batchUpdateDetector: (detectors, call) => {
      const updates = detectors.map((update) => ({
        messageId: update.messageId,
        ...detectorInput(update),
        state: { stateName: update.stateName, variables: [...update.variables], timers: [...update.timers] },
      }));
      return sendBatch('BatchUpdateDetector', 'batchUpdateDetectorErrorEntries', detectors, call, (exchange) =>
        client.send(new BatchUpdateDetectorCommand({ detectors: updates }), exchange),
      );
    },
    batchDeleteDetector: (detectors, call) => {
      const deletions = detectors.map((deletion) => ({ messageId: deletion.messageId, ...detectorInput(deletion) }));
      return sendBatch('BatchDeleteDetector', 'batchDeleteDetectorErrorEntries', detectors, call, (exchange) =>
        client.send(new BatchDeleteDetectorCommand({ detectors: deletions }), exchange),
      );
    },
    batchAlarmAction: (action, alarms, call) => {
      const { name, sendCommand } = ALARM_ACTIONS[action];
      return sendBatch(name, 'errorEntries', alarms, call, (exchange) => sendCommand(client, alarms, exchange));
    },
  } satisfies Partial<IotEventsData>;

  function sendBatch(
    name: string,
    errorMember: string,
    entries: readonly ({ readonly messageId: string } | { readonly requestId: string })[],
    call: UpstreamCall,
    sendCommand: SendCommand,
  ): Promise<readonly EntryFailure[]> {
    const ids = new Set(entries.map((entry) => ('messageId' in entry ? entry.messageId : entry.requestId)));
    return send(operation(name, false), batchAnswer(errorMember, ids), call, sendCommand);
  }
}

interface AlarmAction {
  readonly name: string;
  readonly sendCommand: (
    client: IoTEventsDataClient,
    alarms: readonly AlarmActionRequest[],
    exchange: Exchange,
  ) => Promise<unknown>;
}

const ALARM_ACTIONS: Record<AlarmActionName, AlarmAction> = {
  ACKNOWLEDGE: {
    name: 'BatchAcknowledgeAlarm',
    sendCommand: (client, alarms, exchange) =>
      client.send(new BatchAcknowledgeAlarmCommand({ acknowledgeActionRequests: alarms.map(actionInput) }), exchange),
  },
  DISABLE: {
    name: 'BatchDisableAlarm',
    sendCommand: (client, alarms, exchange) =>
      client.send(new BatchDisableAlarmCommand({ disableActionRequests: alarms.map(actionInput) }), exchange),
  },
  ENABLE: {
    name: 'BatchEnableAlarm',
    sendCommand: (client, alarms, exchange) =>
      client.send(new BatchEnableAlarmCommand({ enableActionRequests: alarms.map(actionInput) }), exchange),
  },
  RESET: {
    name: 'BatchResetAlarm',
    sendCommand: (client, alarms, exchange) =>
      client.send(new BatchResetAlarmCommand({ resetActionRequests: alarms.map(actionInput) }), exchange),
  },
  SNOOZE: {
    name: 'BatchSnoozeAlarm',
    sendCommand: (client, alarms, exchange) =>
      client.send(new BatchSnoozeAlarmCommand({ snoozeActionRequests: alarms.map(snoozeInput) }), exchange),
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
