import { isPromise, type Path, type Run } from './run.ts';

/** A field of a selection, made to be run again and again. */
export interface Field {
  /** Its name in the answer. */
  readonly key: string;
  /** Its value in the answer, or a promise of it. Throws what makes the object that it stands in null. */
  readonly execute: (run: Run, source: unknown, parentPath: Path | undefined) => unknown;
}

type Data = Record<string, unknown>;

/** Makes an object of an answer. V8 keeps one without a prototype, as graphql-js has it, as a hash table: twice as slow. */
const DataObject = function () {} as unknown as new () => Data;
DataObject.prototype = Object.create(null) as object;

/** Executes all fields at once: an object of the answer, or a promise of it where one of them is a promise. */
export function executeFields(
  fields: readonly Field[],
  run: Run,
  source: unknown,
  path: Path | undefined,
): Data | Promise<Data> {
  const data = new DataObject();
  let pending: string[] | undefined;
  try {
    for (const { key, execute } of fields) {
      const value = execute(run, source, path);
      data[key] = value;
      if (isPromise(value)) (pending ??= []).push(key);
    }
  } catch (error) {
    if (!pending) throw error;
    // The others may reject too, and somebody has to take notice.
    return settle(data, pending).finally(() => {
      throw error;
    });
  }
  return pending ? settle(data, pending) : data;
}

/** Executes a field when the one before it has ended, as the fields of a mutation are. */
export function executeFieldsSerially(fields: readonly Field[], run: Run, source: unknown): Data | PromiseLike<Data> {
  let answer: Data | PromiseLike<Data> = new DataObject();
  for (const { key, execute } of fields) {
    const add = (data: Data): Data | PromiseLike<Data> => {
      const value = execute(run, source, undefined);
      const set = (settled: unknown) => {
        data[key] = settled;
        return data;
      };
      return isPromise(value) ? value.then(set) : set(value);
    };
    answer = isPromise(answer) ? answer.then(add) : add(answer);
  }
  return answer;
}

async function settle(data: Data, pending: readonly string[]): Promise<Data> {
  const values = await Promise.all(pending.map((key) => data[key]));
  pending.forEach((key, index) => {
    data[key] = values[index];
  });
  return data;
}
