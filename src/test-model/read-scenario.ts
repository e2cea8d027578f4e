import { type AlarmModelDefinition } from '../engine/alarm/definition.ts';
import { readAlarmModel } from '../engine/alarm/read-definition.ts';
import { type CustomerAction } from '../engine/alarm/snapshot.ts';
import { type DetectorModelDefinition } from '../engine/detector/definition.ts';
import { type DefinitionLimits } from '../engine/detector/findings.ts';
import { readDetectorModel } from '../engine/detector/read-definition.ts';
import { readInput } from '../engine/input.ts';
import { type JsonObject } from '../engine/json.ts';
import { type Issue, type Reading } from '../engine/reading.ts';
import {
  type Place,
  entries,
  member,
  optionalBoolean,
  optionalInteger,
  optionalText,
  report,
  requireObject,
  requiredChoice,
  requiredText,
  root,
} from '../engine/request.ts';
import { type Expectation, type Models, type Operation, type Scenario, type Step } from './scenario.ts';

/**
 * Reads a scenario, or the bare list of its steps. One without models is about those `given`; given inputs are there unless the
 * scenario has its own of that name. `content` is what parseJson gives. Finds everything that is wrong at once.
 */
export function readScenario(content: unknown, given: Models, limits: DefinitionLimits): Reading<Scenario> {
  const issues: Issue[] = [];
  const whole = root(content, issues);
  const isList = Array.isArray(content);
  if (!isList && !requireObject(whole)) return { ok: false, issues };
  if (!isList) checkNames(whole, ['name', 'kind', 'source', 'note', 'assumed', 'inputs', 'steps', ...modelMembers]);
  const models = readModels(whole, given, limits);
  // What the steps say of models cannot be checked while those are broken.
  if (issues.length > 0) return { ok: false, issues };
  const places = isList ? entries(whole) : entries(member(whole, 'steps'));
  const steps = places.map((place) => readStep(place, models));
  const name = optionalText(member(whole, 'name'), { min: 0 }) ?? '';
  const source = optionalText(member(whole, 'source'), { min: 0 });
  if (issues.length > 0) return { ok: false, issues };
  const { inputs, detectorModels, alarmModels } = models;
  return { ok: true, value: { kind: 'scenario', name, source, inputs, detectorModels, alarmModels, steps }, notes: [] };
}

interface KnownModels extends Models {
  readonly inputNames: ReadonlySet<string>;
  readonly limits: DefinitionLimits;
}

function readModels(whole: Place, given: Models, limits: DefinitionLimits): KnownModels {
  const own = entries(member(whole, 'inputs')).flatMap((place) => read(place, readInput) ?? []);
  const inputsByName = new Map([...given.inputs, ...own].map((input) => [input.inputName, input]));
  const inputs = [...inputsByName.values()];
  const inputNames = new Set(inputsByName.keys());
  const detectorPlaces = oneOrMore(whole, 'detectorModel');
  const detectorModels = detectorPlaces.flatMap(
    (place) => read(place, (request) => readDetectorModel(request, inputNames, limits)) ?? [],
  );
  const alarmModels = oneOrMore(whole, 'alarmModel').flatMap(
    (place) => read(place, (request) => readAlarmModel(request, inputNames)) ?? [],
  );
  if (modelMembers.some((name) => member(whole, name).value !== undefined)) {
    return { inputs, detectorModels, alarmModels, inputNames, limits };
  }
  if (given.detectorModels.length + given.alarmModels.length === 0) {
    report(whole, `Expected one of ${modelMembers.join(', ')}, got none`);
  }
  return { ...given, inputs, inputNames, limits };
}

const modelMembers = ['detectorModel', 'detectorModels', 'alarmModel', 'alarmModels'];
const operationKinds = ['put', 'advanceSeconds', 'update', 'delete', 'updateModel', 'alarmAction'] as const;
/** The members of an expectation and how each is read. */
const answerMembers = { error: requireText };
const detectorMembers = {
  key: requireText,
  model: requireText,
  exists: optionalBoolean,
  stateName: requireText,
  variables: requireObject,
  undefinedVariables: requireTexts,
  detectorModelVersion: requireText,
  timers: requireTexts,
  timerExpiresIn: requireObject,
  actions: requireObjects,
};
const alarmMembers = {
  alarm: requireObject,
  exists: optionalBoolean,
  stateName: requireText,
  stateChangeActions: requireTexts,
  ruleEvaluation: requireObject,
  actions: requireObjects,
};

function oneOrMore(whole: Place, name: string): readonly Place[] {
  const one = member(whole, name);
  return [...(one.value === undefined ? [] : [one]), ...entries(member(whole, `${name}s`))];
}

/** The value of a request inside the file, its issues with their places in the file. */
function read<T>(place: Place, readRequest: (request: unknown) => Reading<T>): T | null {
  const reading = readRequest(place.value);
  if (reading.ok) return reading.value;
  for (const { path, message } of reading.issues) {
    place.issues.push({ path: path === '' ? place.path : `${place.path}.${path}`, message });
  }
  return null;
}

function readStep(place: Place, models: KnownModels): Step {
  requireObject(place);
  // A bare message.
  if (member(place, 'inputName').value !== undefined) {
    checkNames(place, ['inputName', 'payload', 'messageId']);
    return { operation: readPut(place, models), expectations: [], why: null };
  }
  checkNames(place, [...operationKinds, 'expect', 'why', 'assumed']);
  const present = operationKinds.filter((kind) => member(place, kind).value !== undefined);
  const [kind] = present;
  if (kind === undefined || present.length > 1) {
    report(place, `Expected one of ${operationKinds.join(', ')}, got ${present.length}`);
  }
  const expect = member(place, 'expect');
  const expected = Array.isArray(expect.value) ? entries(expect) : expect.value === undefined ? [] : [expect];
  return {
    operation: readOperation(kind ?? 'advanceSeconds', member(place, kind ?? ''), models),
    expectations: expected.map((one) => readExpectation(one, models)),
    why: optionalText(member(place, 'why'), { min: 0 }),
  };
}

function readOperation(kind: Operation['kind'], body: Place, models: KnownModels): Operation {
  switch (kind) {
    case 'put':
      return readPut(body, models);
    case 'advanceSeconds':
      return { kind, seconds: optionalInteger(body, 0, 10 ** 10) ?? 0 };
    case 'update':
      return { kind, ...readAddressee(body, models.detectorModels), state: readState(member(body, 'state')) };
    case 'delete':
      return { kind, ...readAddressee(body, models.detectorModels) };
    case 'updateModel':
      return { kind, definition: readUpdate(body, models) };
    case 'alarmAction':
      return { kind, ...readAddressee(body, models.alarmModels), action: readAction(body) };
  }
}

function readPut(body: Place, { inputNames }: KnownModels): Operation {
  const payload = member(body, 'payload');
  requireObject(payload);
  const inputName = member(body, 'inputName');
  const name = requiredText(inputName, {});
  if (name !== '' && !inputNames.has(name)) report(inputName, `Expected an input of the file, got ${name}`);
  const messageId = optionalText(member(body, 'messageId'), {});
  return { kind: 'put', inputName: name, payload: payload.value as JsonObject, messageId };
}

function readAddressee(body: Place, models: readonly (DetectorModelDefinition | AlarmModelDefinition)[]) {
  const name = member(body, 'detectorModelName').value === undefined ? 'alarmModelName' : 'detectorModelName';
  return {
    modelName: readModelName(member(body, name), models),
    keyValue: optionalText(member(body, 'keyValue'), {}),
  };
}

/** The first model of the file if none is named. */
function readModelName(place: Place, models: readonly (DetectorModelDefinition | AlarmModelDefinition)[]): string {
  const names = models.map(modelNameOf);
  const name = optionalText(place, {}) ?? names[0];
  if (name === undefined || !names.includes(name)) {
    report(place, `Expected one of the models [${names.join(', ')}], got ${name ?? 'none'}`);
  }
  return name ?? '';
}

function modelNameOf(model: DetectorModelDefinition | AlarmModelDefinition): string {
  return 'alarmModelName' in model ? model.alarmModelName : model.detectorModelName;
}

function readState(place: Place) {
  return {
    stateName: requiredText(member(place, 'stateName'), {}),
    variables: entries(member(place, 'variables')).map((variable) => ({
      name: requiredText(member(variable, 'name'), {}),
      value: requiredText(member(variable, 'value'), {}),
    })),
    timers: entries(member(place, 'timers')).map((timer) => ({
      name: requiredText(member(timer, 'name'), {}),
      seconds: optionalInteger(member(timer, 'seconds'), 0, 10 ** 10) ?? 0,
    })),
  };
}

/** The key is no member of the request and stays as it is. */
function readUpdate(body: Place, { detectorModels, inputNames, limits }: KnownModels): DetectorModelDefinition {
  const name = readModelName(member(body, 'detectorModelName'), detectorModels);
  const before = detectorModels.find(({ detectorModelName }) => detectorModelName === name);
  const request = { ...(body.value as object), key: before?.key };
  const after = read({ ...body, value: request }, (whole) => readDetectorModel(whole, inputNames, limits));
  // Without either, the issues refuse the scenario.
  return (after ?? before) as DetectorModelDefinition;
}

function readAction(body: Place): CustomerAction {
  return {
    actionName: requiredChoice(member(body, 'action'), ['ACKNOWLEDGE', 'DISABLE', 'ENABLE', 'RESET', 'SNOOZE']),
    note: optionalText(member(body, 'note'), { min: 0, max: 256 }),
    snoozeDuration: optionalInteger(member(body, 'snoozeDuration'), 0, 10 ** 10),
  };
}

function readExpectation(place: Place, models: KnownModels): Expectation {
  requireObject(place);
  if (member(place, 'error').value !== undefined) {
    return { modelName: null, keyValue: null, members: readMembers(place, answerMembers) };
  }
  const alarm = member(place, 'alarm');
  const isAlarm = alarm.value !== undefined;
  const subject = isAlarm ? alarm : place;
  return {
    modelName: readModelName(member(subject, 'model'), isAlarm ? models.alarmModels : models.detectorModels),
    // An empty key is one that no detector has.
    keyValue: optionalText(member(subject, 'key'), { min: 0 }),
    members: readMembers(place, isAlarm ? alarmMembers : detectorMembers),
  };
}

/** The members that are there, as they stand in the file, each of the right kind. */
function readMembers(place: Place, readers: Readonly<Record<string, (place: Place) => unknown>>): JsonObject {
  checkNames(place, Object.keys(readers));
  const present = Object.entries((place.value ?? {}) as JsonObject).filter(([, value]) => value !== null);
  for (const [name, readMember] of Object.entries(readers)) {
    const found = member(place, name);
    if (found.value !== undefined) readMember(found);
  }
  return Object.fromEntries(present);
}

function requireText(place: Place): void {
  requiredText(place, { min: 0 });
}

function requireTexts(place: Place): void {
  entries(place).forEach(requireText);
}

function requireObjects(place: Place): void {
  entries(place).forEach(requireObject);
}

/** Reports misspelt members, which would silently check nothing. */
function checkNames(place: Place, names: readonly string[]): void {
  for (const name of Object.keys(place.value ?? {})) {
    if (!names.includes(name)) report(member(place, name), `Expected one of ${names.join(', ')}, got ${name}`);
  }
}
