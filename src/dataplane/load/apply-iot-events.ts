import { isDeepStrictEqual } from 'node:util';
import { readDetectorModel } from '../../engine/detector/read-definition.ts';
import { readInput } from '../../engine/input.ts';
import { type Issue, type Reading } from '../../engine/reading.ts';
import { type Transaction } from '../store/store.ts';
import { nameOf } from './names.ts';
import { type ReportLine, type ResourceOf } from './resource.ts';

/** Puts the inputs that differ from what the store has. */
export async function applyInputs(
  tx: Transaction,
  inputs: readonly ResourceOf<'input'>[],
  nowMs: number,
): Promise<readonly ReportLine[]> {
  const stored = new Map((await tx.listInputs()).map((row) => [row.inputName, row]));
  const lines: ReportLine[] = [];
  for (const { json } of inputs) {
    const { inputName, inputDescription, attributes } = checked(readInput(json)).value;
    const before = stored.get(inputName);
    const text = nameOf.input(inputName);
    if (
      before !== undefined &&
      isDeepStrictEqual([before.inputDescription, before.attributes], [inputDescription, attributes])
    ) {
      lines.push({ part: 'unchanged', text });
      continue;
    }
    const times = { creationTimeMs: before?.creationTimeMs ?? nowMs, lastUpdateTimeMs: nowMs };
    await tx.putInput({ inputName, inputDescription, attributes, ...times });
    lines.push({ part: before === undefined ? 'created' : 'updated', text });
  }
  return lines;
}

/**
 * Adds a version of every detector model that differs from what the store has, and deletes its detectors, which new
 * messages create again. Source: detector-engine.md, 13.1, 13.2.
 */
export async function applyDetectorModels(
  tx: Transaction,
  models: readonly ResourceOf<'detectorModel'>[],
  nowMs: number,
): Promise<readonly ReportLine[]> {
  const inputNames = new Set((await tx.listInputs()).map(({ inputName }) => inputName));
  const stored = new Map((await tx.listDetectorModels()).map((row) => [row.detectorModelName, row]));
  const lines: ReportLine[] = [];
  for (const { json } of models) {
    const { value, notes } = checked(readDetectorModel(json, inputNames));
    const { detectorModelName } = value;
    const name = nameOf.detectorModel(detectorModelName);
    lines.push(...noteLines(name, notes));
    const before = stored.get(detectorModelName);
    if (before !== undefined && isDeepStrictEqual(JSON.parse(before.request), json)) {
      lines.push({ part: 'unchanged', text: `${name}, version ${before.detectorModelVersion}` });
      continue;
    }
    const detectorModelVersion = (before?.detectorModelVersion ?? 0) + 1;
    const times = { creationTimeMs: before?.creationTimeMs ?? nowMs, lastUpdateTimeMs: nowMs };
    await tx.putDetectorModel({ detectorModelName, detectorModelVersion, request: JSON.stringify(json), ...times });
    await tx.deleteDetectors(detectorModelName);
    const part = before === undefined ? 'created' : 'updated';
    lines.push({ part, text: `${name}, version ${detectorModelVersion}` });
  }
  return lines;
}

/** Each note once, with the first place that it is about: a model says the same of many actions. */
function noteLines(name: string, notes: readonly Issue[]): readonly ReportLine[] {
  const first = notes.filter(({ message }, index) => notes.findIndex((note) => note.message === message) === index);
  return first.map(({ path, message }) => ({ part: 'notes', text: `${name}: ${message} (${path})` }));
}

function checked<T>(reading: Reading<T>): Extract<Reading<T>, { readonly ok: true }> {
  if (reading.ok) return reading;
  throw new Error(`Expected a request that was checked, got ${reading.issues.length} issues`);
}
