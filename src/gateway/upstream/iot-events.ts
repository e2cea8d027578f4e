import type { IoTEventsClientConfig } from '@aws-sdk/client-iot-events';
import { z } from 'zod';
import { optionalInt, optionalText, optionalTimestamp, optionalToken } from './answer-shapes.ts';
import { nullIf } from './errors.ts';
import { type Operation } from './faults.ts';
import { type Send } from './send.ts';
import {
  type AlarmModelAnswer,
  type AlarmModelSummaryAnswer,
  type DetectorModelAnswer,
  type DetectorModelSummaryAnswer,
  type Page,
  type PageRequest,
  type Upstream,
} from './upstream.ts';

type IotEvents = Pick<
  Upstream,
  'listDetectorModels' | 'describeDetectorModel' | 'listAlarmModels' | 'describeAlarmModel'
>;

const read = (name: string): Operation => ({ service: 'iotevents', name, reads: true });

// The answers on the wire, read into our own. Source: wire.md, section 6.
const listDetectorModelsAnswer: z.ZodType<Page<DetectorModelSummaryAnswer>> = z
  .object({
    detectorModelSummaries: z.array(
      z.object({
        detectorModelName: z.string(),
        detectorModelDescription: optionalText,
        creationTime: optionalTimestamp,
      }),
    ),
    nextToken: optionalToken,
  })
  .transform(({ detectorModelSummaries, nextToken }) => ({
    items: detectorModelSummaries.map(({ detectorModelDescription, ...model }) => ({
      ...model,
      description: detectorModelDescription,
    })),
    nextToken,
  }));

// As it came: a definition's members are the client's business.
const anyObject = z.record(z.string(), z.unknown());

const describeDetectorModelAnswer: z.ZodType<DetectorModelAnswer> = z
  .object({
    detectorModel: z.object({
      detectorModelConfiguration: z.object({
        detectorModelVersion: z.string(),
        key: optionalText,
        evaluationMethod: z
          .enum(['BATCH', 'SERIAL'])
          .nullish()
          .transform((method) => method ?? null),
        status: optionalText,
        lastUpdateTime: optionalTimestamp,
      }),
      detectorModelDefinition: anyObject.nullish(),
    }),
  })
  .transform(({ detectorModel: { detectorModelConfiguration, detectorModelDefinition } }) => ({
    ...detectorModelConfiguration,
    definition: detectorModelDefinition ?? null,
  }));

const listAlarmModelsAnswer: z.ZodType<Page<AlarmModelSummaryAnswer>> = z
  .object({
    alarmModelSummaries: z.array(
      z.object({ alarmModelName: z.string(), alarmModelDescription: optionalText, creationTime: optionalTimestamp }),
    ),
    nextToken: optionalToken,
  })
  .transform(({ alarmModelSummaries, nextToken }) => ({
    items: alarmModelSummaries.map(({ alarmModelDescription, ...model }) => ({
      ...model,
      description: alarmModelDescription,
    })),
    nextToken,
  }));

const describeAlarmModelAnswer: z.ZodType<AlarmModelAnswer> = z
  .object({
    alarmModelVersion: z.string(),
    key: optionalText,
    severity: optionalInt,
    status: optionalText,
    lastUpdateTime: optionalTimestamp,
    alarmRule: anyObject.nullish(),
    alarmNotification: anyObject.nullish(),
    alarmEventActions: anyObject.nullish(),
    alarmCapabilities: anyObject.nullish(),
  })
  .transform(({ alarmRule, alarmNotification, alarmEventActions, alarmCapabilities, ...model }) => {
    const members = Object.entries({ alarmRule, alarmNotification, alarmEventActions, alarmCapabilities });
    return { ...model, definition: Object.fromEntries(members.filter(([, value]) => (value ?? null) !== null)) };
  });

/**
 * The reads of IoT Events' control plane through the SDK client, which is imported with the first of them: it is large, and
 * many a gateway never needs it.
 */
export function createIotEvents(config: IoTEventsClientConfig, send: Send): IotEvents {
  let loading: ReturnType<typeof loadSdk> | null = null;
  const load = () => (loading ??= loadSdk(config));

  return {
    listDetectorModels: (page, call) =>
      send(read('ListDetectorModels'), listDetectorModelsAnswer, call, pageInput(page), async (input, exchange) => {
        const { sdk, client } = await load();
        return client.send(new sdk.ListDetectorModelsCommand(input), exchange);
      }),
    describeDetectorModel: (detectorModelName, call) =>
      nullIf(
        'NOT_FOUND',
        send(
          read('DescribeDetectorModel'),
          describeDetectorModelAnswer,
          call,
          { detectorModelName },
          async (input, exchange) => {
            const { sdk, client } = await load();
            return client.send(new sdk.DescribeDetectorModelCommand(input), exchange);
          },
        ),
      ),
    listAlarmModels: (page, call) =>
      send(read('ListAlarmModels'), listAlarmModelsAnswer, call, pageInput(page), async (input, exchange) => {
        const { sdk, client } = await load();
        return client.send(new sdk.ListAlarmModelsCommand(input), exchange);
      }),
    describeAlarmModel: (alarmModelName, call) =>
      nullIf(
        'NOT_FOUND',
        send(
          read('DescribeAlarmModel'),
          describeAlarmModelAnswer,
          call,
          { alarmModelName },
          async (input, exchange) => {
            const { sdk, client } = await load();
            return client.send(new sdk.DescribeAlarmModelCommand(input), exchange);
          },
        ),
      ),
  };
}

async function loadSdk(config: IoTEventsClientConfig) {
  const sdk = await import('@aws-sdk/client-iot-events');
  return { sdk, client: new sdk.IoTEventsClient(config) };
}

function pageInput({ nextToken, maxResults }: PageRequest) {
  return { nextToken: nextToken ?? undefined, maxResults };
}
