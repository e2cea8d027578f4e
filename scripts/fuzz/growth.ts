import { readAlarmModel } from '../../src/engine/alarm/read-definition.ts';
import { readDetectorModel } from '../../src/engine/detector/read-definition.ts';
import { parseExpression } from '../../src/engine/expression/parse.ts';
import { parseJson } from '../../src/engine/json.ts';

/** Four times the input may take so many times as long: 4 is linear, 16 quadratic. */
const maxGrowth = 9;
/** What takes less is not measured well. */
const minMeasuredMs = 0.3;
const maxSize = 1 << 16;
const repetitions = 7;

type Run = (size: number) => () => unknown;

const ofText = (read: (text: string) => unknown, make: (size: number) => string): Run => {
  return (size) => {
    const text = make(size);
    return () => {
      try {
        read(text);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
      }
    };
  };
};
const repeated =
  (text: string, before = '', after = '') =>
  (size: number) =>
    before + text.repeat(size) + after;
const inputNames = new Set(['V']);
const ofModel =
  (make: (size: number) => object): Run =>
  (size) => {
    const request = { detectorModelName: 'M', roleArn: 'arn', detectorModelDefinition: make(size) };
    return () => readDetectorModel(request, inputNames);
  };
const stateOf = (members: object) => ({ initialStateName: 'S', states: [{ stateName: 'S', ...members }] });
const eventOf = (actions: readonly object[]) => ({
  events: [{ eventName: 'e', condition: '$input.V.v > 0', actions }],
});

/** Inputs that grow in one way each. */
const families: Readonly<Record<string, Run>> = {
  ...Object.fromEntries(
    [
      ...[
        repeated('1+', '', '1'),
        repeated('!', '', 'true'),
        repeated('(', '', '1'),
        repeated('a'),
        repeated(' ', '1', '+ 1'),
      ],
      ...[
        repeated('.a', '$input.V'),
        repeated('[0]', '$input.V.a'),
        repeated('${1}', "'", "'"),
        repeated('x', "'", "'"),
      ],
      ...[
        repeated("'"),
        repeated('`'),
        repeated('"\\'),
        repeated('9'),
        repeated('9', '1.'),
        repeated("'${'"),
        repeated('convert(String, '),
      ],
      ...[
        repeated('$'),
        repeated('&&true', 'true'),
        repeated('/', '1', '1'),
        repeated('\ud800', "'", "'"),
        repeated('$variable.x '),
      ],
    ].map((make) => [`expression ${make(3)}`, ofText(parseExpression, make)]),
  ),
  ...Object.fromEntries(
    [
      ...[
        repeated('['),
        repeated('[]', '[', ']'),
        repeated('{"a":'),
        repeated('1,', '[', '1]'),
        repeated('9'),
        repeated('9', '0.'),
        repeated('\\', '"'),
      ],
      ...[
        (size: number) => `{${Array.from({ length: size }, (_, index) => `"a${index}":1`).join(',')}}`,
        repeated('"a":1,', '{', '"a":1}'),
      ],
    ].map((make) => [`payload ${make(3)}`, ofText(parseJson, make)]),
  ),
  'model of many states': ofModel((size) => ({
    initialStateName: 'S0',
    states: Array.from({ length: size }, (_, index) => ({ stateName: `S${index}` })),
  })),
  'model of many events': ofModel((size) =>
    stateOf({
      onInput: { events: Array.from({ length: size }, () => ({ eventName: 'e', condition: '$input.V.v > 0' })) },
    }),
  ),
  'model of many transitions': ofModel((size) =>
    stateOf({
      onInput: {
        transitionEvents: Array.from({ length: size }, (_, index) => ({
          eventName: `e${index}`,
          condition: '$input.V.v > 0',
          nextState: `N${index}`,
        })),
      },
    }),
  ),
  'model of many variables': ofModel((size) =>
    stateOf({
      onInput: eventOf(
        Array.from({ length: size }, (_, index) => ({
          setVariable: { variableName: `v${index}`, value: `$variable.w${index}` },
        })),
      ),
    }),
  ),
  'model of many timers': ofModel((size) =>
    stateOf({
      onInput: eventOf(Array.from({ length: size }, (_, index) => ({ clearTimer: { timerName: `t${index}` } }))),
    }),
  ),
  'alarm model of many actions': (size) => {
    const alarmActions = Array.from({ length: size }, () => ({ sns: { targetArn: "'a'" } }));
    const alarmRule = { simpleRule: { inputProperty: '$input.V.v', comparisonOperator: 'GREATER', threshold: '1' } };
    const request = { alarmModelName: 'A', roleArn: 'arn', alarmRule, alarmEventActions: { alarmActions } };
    return () => readAlarmModel(request, inputNames);
  },
};

/** Grows every family until it takes a while, and answers those that take too much longer for four times the size. */
export function findBlowUps(): readonly string[] {
  return Object.entries(families).flatMap(([name, run]) => {
    let size = 64;
    while (size < maxSize && bestMs(run(size)) < minMeasuredMs) size *= 2;
    const small = bestMs(run(size));
    if (small < minMeasuredMs) return [];
    const growth = bestMs(run(4 * size)) / small;
    return growth <= maxGrowth ? [] : [`${name}: ${growth.toFixed(1)} times as long for 4 times the size (${size})`];
  });
}

/** The best of several runs, as the machine may be busy with other things. */
function bestMs(work: () => unknown): number {
  let best = Infinity;
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const startedAt = performance.now();
    work();
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}
