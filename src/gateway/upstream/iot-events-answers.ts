import { z } from 'zod';
import { optionalInt, optionalText, optionalToken, timestamp } from './answer-shapes.ts';
import { singleLine } from './faults.ts';
import {
  type AlarmAnswer,
  type AlarmSummaryAnswer,
  type DetectorAnswer,
  type DetectorSummaryAnswer,
  type EntryFailure,
  type Page,
} from './upstream.ts';

// The answers of IoT Events Data on the wire, read into our own. Source: wire.md, section 4.

const times = { creationTime: timestamp, lastUpdateTime: timestamp };
const detectorHead = {
  detectorModelName: z.string(),
  keyValue: optionalText,
  detectorModelVersion: z.string(),
  ...times,
};
const alarmHead = { alarmModelName: z.string(), keyValue: optionalText, alarmModelVersion: z.string(), ...times };
const alarmStateName = z.enum(['DISABLED', 'NORMAL', 'ACTIVE', 'ACKNOWLEDGED', 'SNOOZE_DISABLED', 'LATCHED']);

const detectorState = z.object({
  stateName: z.string(),
  variables: z.array(z.object({ name: z.string(), value: z.string() })),
  timers: z.array(z.object({ name: z.string(), timestamp })),
});

export const describeDetectorAnswer: z.ZodType<DetectorAnswer> = z
  .object({ detector: z.object({ ...detectorHead, state: detectorState }) })
  .transform(({ detector: { state, ...head } }) => ({ ...head, ...state }));

export const listDetectorsAnswer: z.ZodType<Page<DetectorSummaryAnswer>> = z
  .object({
    detectorSummaries: z.array(z.object({ ...detectorHead, state: z.object({ stateName: z.string() }) })),
    nextToken: optionalToken,
  })
  .transform(({ detectorSummaries, nextToken }) => ({
    items: detectorSummaries.map(({ state, ...head }) => ({ ...head, stateName: state.stateName })),
    nextToken,
  }));

const ruleEvaluation = z
  .object({
    simpleRuleEvaluation: z
      .object({
        inputPropertyValue: optionalText,
        operator: z
          .enum(['GREATER', 'GREATER_OR_EQUAL', 'LESS', 'LESS_OR_EQUAL', 'EQUAL', 'NOT_EQUAL'])
          .nullish()
          .transform((operator) => operator ?? null),
        thresholdValue: optionalText,
      })
      .nullish(),
  })
  .nullish()
  .transform((evaluation) => evaluation?.simpleRuleEvaluation ?? null);

const actionConfiguration = z.object({ note: optionalText }).nullish();
const customerAction = z
  .object({
    actionName: z.enum(['SNOOZE', 'ENABLE', 'DISABLE', 'ACKNOWLEDGE', 'RESET']),
    snoozeActionConfiguration: z.object({ snoozeDuration: optionalInt, note: optionalText }).nullish(),
    enableActionConfiguration: actionConfiguration,
    disableActionConfiguration: actionConfiguration,
    acknowledgeActionConfiguration: actionConfiguration,
    resetActionConfiguration: actionConfiguration,
  })
  .transform((action) => {
    const configuration = {
      SNOOZE: action.snoozeActionConfiguration,
      ENABLE: action.enableActionConfiguration,
      DISABLE: action.disableActionConfiguration,
      ACKNOWLEDGE: action.acknowledgeActionConfiguration,
      RESET: action.resetActionConfiguration,
    }[action.actionName];
    return {
      actionName: action.actionName,
      note: configuration?.note ?? null,
      snoozeDurationSeconds: action.snoozeActionConfiguration?.snoozeDuration ?? null,
    };
  })
  .nullish()
  .transform((action) => action ?? null);

const systemEvent = z
  .object({
    eventType: z.literal('STATE_CHANGE'),
    stateChangeConfiguration: z.object({ triggerType: z.literal('SNOOZE_TIMEOUT').nullish() }).nullish(),
  })
  .transform((event) => ({
    eventType: event.eventType,
    triggerType: event.stateChangeConfiguration?.triggerType ?? null,
  }))
  .nullish()
  .transform((event) => event ?? null);

export const describeAlarmAnswer: z.ZodType<AlarmAnswer> = z
  .object({
    alarm: z.object({
      ...alarmHead,
      severity: optionalInt,
      alarmState: z.object({ stateName: alarmStateName, ruleEvaluation, customerAction, systemEvent }),
    }),
  })
  .transform(({ alarm: { alarmState, ...head } }) => ({ ...head, ...alarmState }));

export const listAlarmsAnswer: z.ZodType<Page<AlarmSummaryAnswer>> = z
  .object({ alarmSummaries: z.array(z.object({ ...alarmHead, stateName: alarmStateName })), nextToken: optionalToken })
  .transform(({ alarmSummaries, nextToken }) => ({ items: alarmSummaries, nextToken }));

const errorEntry = z
  .object({
    // The alarm operations name an entry by its requestId, all others by its messageId.
    messageId: optionalText,
    requestId: optionalText,
    errorCode: z.enum([
      'ResourceNotFoundException',
      'InvalidRequestException',
      'InternalFailureException',
      'ServiceUnavailableException',
      'ThrottlingException',
    ]),
    errorMessage: optionalText,
  })
  .transform(({ messageId, requestId, errorCode, errorMessage }) => ({
    id: messageId ?? requestId ?? '',
    errorCode,
    errorMessage: singleLine(errorMessage ?? ''),
  }));

/** The error entries of the batch operations, by the member that they stand in. Made once: a schema takes longer to make than a call. */
export const BATCH_ANSWERS = {
  BatchPutMessageErrorEntries: errorEntriesIn('BatchPutMessageErrorEntries'),
  batchUpdateDetectorErrorEntries: errorEntriesIn('batchUpdateDetectorErrorEntries'),
  batchDeleteDetectorErrorEntries: errorEntriesIn('batchDeleteDetectorErrorEntries'),
  errorEntries: errorEntriesIn('errorEntries'),
};

function errorEntriesIn(member: string): z.ZodType<readonly EntryFailure[]> {
  return z.object({ [member]: z.array(errorEntry).nullish() }).transform((answer) => answer[member] ?? []);
}
