/** A source of chance that gives the same sequence for the same seed. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  /** True once in so many times. */
  oneIn(times: number): boolean;
}

/** Chance from two whole numbers: that of the run, and that of the case. Source: mulberry32, Tommy Ettinger (public domain). */
export function createRandom(seed: number, caseNumber: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(caseNumber + 1, 0x85ebca6b);
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  return {
    below,
    pick: <T>(from: readonly T[]) => from[below(from.length)] as T,
    oneIn: (times) => below(times) === 0,
  };
}

/** The text with a few characters added, dropped, doubled or replaced by those of `pieces`. */
export function mutateText(random: Random, text: string, pieces: readonly string[]): string {
  let mutated = text;
  for (let count = random.below(4); count >= 0; count -= 1) {
    const at = random.below(mutated.length + 1);
    const length = random.below(Math.min(8, mutated.length - at + 1));
    const piece = random.pick([
      '',
      random.pick(pieces),
      String.fromCharCode(random.below(random.oneIn(4) ? 0x10000 : 128)),
      mutated.slice(at, at + length),
    ]);
    mutated = mutated.slice(0, at) + piece + mutated.slice(at + (random.oneIn(2) ? length : 0));
  }
  return mutated;
}

/** A JSON value with a few members replaced, dropped or doubled; `values` are put in their place. */
export function mutateJson(random: Random, json: unknown, values: readonly unknown[]): unknown {
  const copy = structuredClone(json);
  for (let count = random.below(3); count >= 0; count -= 1) mutateOnce(random, copy, values);
  return random.oneIn(500) ? structuredClone(random.pick(values)) : copy;
}

function mutateOnce(random: Random, json: unknown, values: readonly unknown[]): void {
  let place = json as Record<string, unknown>;
  for (;;) {
    const names = Object.keys(place);
    const name = names.length === 0 ? 'added' : random.pick(names);
    const below = place[name];
    if (typeof below === 'object' && below !== null && !random.oneIn(6)) {
      place = below as Record<string, unknown>;
      continue;
    }
    if (random.oneIn(4) && Array.isArray(place)) place.push(structuredClone(below));
    else if (random.oneIn(3)) Reflect.deleteProperty(place, name);
    else if (random.oneIn(4) && typeof below === 'string')
      place[name] = mutateText(random, below, ['.', "'", '"', '$', '{']);
    else {
      const target = random.oneIn(8) && !Array.isArray(place) ? random.pick(['__proto__', 'constructor', '']) : name;
      // As JSON.parse does: a member of that name, no prototype.
      Object.defineProperty(place, target, {
        value: structuredClone(random.pick(values)),
        configurable: true,
        enumerable: true,
        writable: true,
      });
    }
    return;
  }
}
