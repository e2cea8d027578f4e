import {
  alarmModelDocument,
  createAlarmModel,
  createAlarmModelRequest,
  updateAlarmModel,
} from '../iot-events/alarm-models.ts';
import {
  createDetectorModel,
  createDetectorModelRequest,
  detectorModelDocument,
  updateDetectorModel,
} from '../iot-events/detector-models.ts';
import { createInput, createInputRequest, inputDocument, updateInput } from '../iot-events/inputs.ts';
import { getLoggingOptions, putLoggingOptions, putLoggingOptionsRequest } from '../iot-events/logging.ts';
import { type PublishedModel } from '../iot-events/models.ts';
import { AwsError } from '../protocol/errors.ts';
import { withoutNulls } from '../protocol/json-document.ts';
import { type JsonDocument } from '../protocol/shape.ts';
import { type ResourceRow, type ResourceTag } from '../store/store.ts';
import { defineKind, isStored, line, noteLines } from './kind.ts';
import { type LoadContext, type ReportLine } from './resource-file.ts';

/** CreateInput. */
export const input = defineKind({
  rank: 0,
  shape: createInputRequest,
  namesOf: ({ inputName }) => [`input ${inputName}`],
  async apply(context, request) {
    const text = `input ${request.inputName}`;
    const before = await context.tx.getResource('input', request.inputName, null);
    if (before === null) {
      await createInput(context, request);
      return line('created', text);
    }
    if (isStored(before, inputDocument(request), request.tags)) return line('unchanged', text);
    await updateInput(context, request);
    return line('updated', text);
  },
});

/** CreateDetectorModel. */
export const detectorModel = defineKind({
  rank: 1,
  shape: createDetectorModelRequest,
  namesOf: ({ detectorModelName }) => [`detector model ${detectorModelName}`],
  async apply(context, request) {
    const before = await context.tx.getResource('detectorModel', request.detectorModelName, null);
    return applyModel(before, {
      text: `detector model ${request.detectorModelName}`,
      document: detectorModelDocument(request),
      tags: request.tags,
      create: () => createDetectorModel(context, request),
      update: () => updateDetectorModel(context, request),
    });
  },
});

/** CreateAlarmModel. */
export const alarmModel = defineKind({
  rank: 1,
  shape: createAlarmModelRequest,
  namesOf: ({ alarmModelName }) => [`alarm model ${alarmModelName}`],
  async apply(context, request) {
    const before = await context.tx.getResource('alarmModel', request.alarmModelName, null);
    return applyModel(before, {
      text: `alarm model ${request.alarmModelName}`,
      document: alarmModelDocument(request),
      tags: request.tags,
      create: () => createAlarmModel(context, request),
      update: () => updateAlarmModel(context, request),
    });
  },
});

/** PutLoggingOptions. */
export const loggingOptions = defineKind({
  rank: 0,
  shape: putLoggingOptionsRequest,
  namesOf: () => ['logging options'],
  async apply(context: LoadContext, request) {
    const text = 'logging options';
    const before = await getLoggingOptions(context);
    if (before !== null && isStored(before, withoutNulls(request.loggingOptions), null)) return line('unchanged', text);
    await putLoggingOptions(context, request);
    return line(before === null ? 'created' : 'updated', text);
  },
});

interface ModelRequest {
  readonly text: string;
  readonly document: JsonDocument;
  readonly tags: readonly ResourceTag[] | null;
  create(): Promise<PublishedModel>;
  update(): Promise<PublishedModel>;
}

async function applyModel(before: ResourceRow | null, model: ModelRequest): Promise<readonly ReportLine[]> {
  const { text, document, tags } = model;
  if (before !== null) {
    requireSameKey(JSON.parse(before.request) as JsonDocument, document);
    if (isStored(before, document, tags)) return line('unchanged', `${text}, version ${before.version}`);
  }
  const { row, notes } = await (before === null ? model.create() : model.update());
  const part = before === null ? 'created' : 'updated';
  return [...line(part, `${text}, version ${row.version}`), ...noteLines(text, notes)];
}

/** An update keeps the key. Source: detector-engine.md, 13.2. */
function requireSameKey(before: JsonDocument, document: JsonDocument): void {
  if (before['key'] === document['key']) return;
  const keyText = ({ key }: JsonDocument) => (typeof key === 'string' ? `key '${key}'` : 'no key');
  const message = `Expected ${keyText(before)}, which an update cannot change, got ${keyText(document)}: delete the model first`;
  throw new AwsError('InvalidRequestException', message, { issues: [{ path: 'key', message }] });
}
