import {
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isIntrospectionType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  responsePathAsArray,
} from 'graphql';
import { createRandom, type Random } from '../random.ts';
import { randomLeaf } from './leaves.ts';

/** How a world behaves. Faults and promises come once in so many values. */
export interface Mood {
  readonly seed: number;
  readonly faultIn: number;
  readonly promiseIn: number;
}

/** The context of an operation: gathers a line for each call of a resolver, with all that it was given. */
export interface CallLog {
  readonly calls: string[];
}

/** An object of a world. Each property that a field of its type reads is made by chance, and is the same whenever it is read. */
interface Thing {
  readonly mood: Mood;
  readonly typeName: string;
  readonly number: number;
}

/** Makes a root value of a type. */
export type CreateRoot = (mood: Mood, typeName: string) => object;

/**
 * Gives all fields and abstract types of a schema resolvers that answer by chance, well or badly, and the fields without one a
 * property or method to find. Changes the schema.
 */
export function inhabit(schema: GraphQLSchema): CreateRoot {
  const prototypes = new Map<string, object>();
  const makeThing = (mood: Mood, typeName: string, number: number) =>
    Object.create(prototypes.get(typeName) ?? null, {
      mood: { value: mood },
      typeName: { value: typeName },
      number: { value: number, enumerable: true },
    }) as Thing;

  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isObjectType(type)) {
      const properties: PropertyDescriptorMap = {
        __typename: {
          get(this: Thing) {
            return this.number % 2 === 0 ? type.name : undefined;
          },
        },
      };
      for (const field of Object.values(type.getFields())) {
        const { name } = field;
        const make = (thing: Thing, args: object) => {
          const random = createRandom(thing.mood.seed, hash(thing.number, type.name, name, JSON.stringify(args)));
          return randomValue(schema, makeThing, thing.mood, field.type, random);
        };
        const isMethod = hash(type.name, name) % 4 === 0;
        properties[name] = {
          get(this: Thing) {
            if (!isMethod) return make(this, {});
            return function (this: Thing, ...[args, context, info]: ResolverArguments) {
              note(this, args, context, info);
              return make(this, args);
            };
          },
        };
        if (hash(name, type.name) % 2 === 0) Reflect.deleteProperty(field, 'resolve');
        else {
          field.resolve = (thing: Thing, ...[args, context, info]: ResolverArguments) => {
            note(thing, args, context, info);
            return make(thing, args);
          };
        }
      }
      prototypes.set(type.name, Object.defineProperties({}, properties));
      if (hash(type.name) % 2 === 0) {
        type.isTypeOf = (thing: Thing, context: CallLog, info) => {
          note(thing, {}, context, info);
          const random = createRandom(thing.mood.seed, hash(thing.number, 'isTypeOf', type.name));
          return upset(thing.mood, random, (thing.typeName === type.name) !== random.oneIn(20)) as boolean;
        };
      }
    } else if (isAbstractType(type)) {
      if (hash(type.name) % 2 === 0) Reflect.deleteProperty(type, 'resolveType');
      else {
        type.resolveType = (thing: Thing, context: CallLog, info) => {
          note(thing, {}, context, info);
          const random = createRandom(thing.mood.seed, hash(thing.number, 'resolveType', type.name));
          const names = [undefined, null, 'Nothing', 'String', 'Query', 5, schema.getQueryType()];
          return upset(thing.mood, random, random.oneIn(20) ? random.pick(names) : thing.typeName) as string;
        };
      }
    }
  }
  return (mood, typeName) => makeThing(mood, typeName, mood.seed);
}

type ResolverArguments = [args: object, context: CallLog, info: GraphQLResolveInfo];

function note(thing: Partial<Thing> | undefined, ...[args, { calls }, info]: ResolverArguments): void {
  const { fieldName, fieldNodes, returnType, parentType, path, schema, fragments, operation, variableValues } = info;
  const { rootValue } = info as { rootValue: Partial<Thing> };
  calls.push(
    JSON.stringify([
      [thing?.typeName, thing?.number, args, Object.getPrototypeOf(args) === Object.prototype],
      [fieldName, fieldNodes.map(({ loc }) => loc?.start), String(returnType), parentType.name],
      [responsePathAsArray(path), path.typename, Object.keys(info), Object.keys(fragments)],
      [schema.getQueryType()?.name, operation.loc?.start, variableValues, rootValue.number],
    ]),
  );
}

type MakeThing = (mood: Mood, typeName: string, number: number) => Thing;

function randomValue(
  schema: GraphQLSchema,
  makeThing: MakeThing,
  mood: Mood,
  type: GraphQLOutputType,
  random: Random,
): unknown {
  const make = (of: GraphQLOutputType): unknown => {
    if (isNonNullType(of)) return make(of.ofType);
    if (random.oneIn(mood.faultIn)) return random.pick<unknown>([null, undefined, new Error('returned'), ...ODDITIES]);
    if (isListType(of)) {
      const items = Array.from({ length: random.below(4) }, () => settle(() => upset(mood, random, make(of.ofType))));
      return random.oneIn(8) ? new Set(items) : items;
    }
    if (isLeafType(of)) return randomLeaf(random, of);
    const names = isAbstractType(of) ? schema.getPossibleTypes(of).map(({ name }) => name) : [of.name];
    return makeThing(mood, random.pick(names), random.below(2 ** 31));
  };
  const value = !isNonNullType(type) && random.oneIn(8) ? null : make(type);
  return upset(mood, random, value);
}

const ODDITIES = ['text', '', 7, 1.5, NaN, true, {}, [], [[null]], { a: { b: { c: 1 } } }, 2 ** 40];

/** The value, or a promise of it, or, thrown or rejected, something else. */
function upset(mood: Mood, random: Random, value: unknown): unknown {
  const isFault = random.oneIn(mood.faultIn);
  const thrown = random.pick<unknown>([
    new Error('thrown'),
    new GraphQLError('told', { extensions: { code: 'TOLD' } }),
    new TypeError('located', { cause: value }),
    'text',
    { message: 'no error' },
    undefined,
  ]);
  if (random.oneIn(mood.promiseIn)) {
    const promise = later(random.below(4), isFault, isFault ? thrown : value);
    // Nobody may ask for it.
    promise.catch(() => undefined);
    return promise;
  }
  if (isFault) throw thrown;
  return value;
}

async function later(ticks: number, isFault: boolean, value: unknown): Promise<unknown> {
  for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
  if (isFault) throw value;
  return value;
}

/** An item of a list cannot throw: it is an Error then. */
function settle(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    return error;
  }
}

/** FNV-1a. */
function hash(...parts: (string | number)[]): number {
  let state = 0x811c9dc5;
  for (const character of parts.join('\n')) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  // The low bits of FNV alone say little.
  return (state ^ (state >>> 15)) >>> 0;
}
