import { z } from 'zod';

type Definition = Readonly<Record<string, unknown>>;

// `$input.Name`, `$input.`any name``, `currentInput("Name")`. Source: detector-engine.md, sections 7 and 8.
const INPUT_REFERENCE =
  /\$input\s*\.\s*(?:`(?<quoted>[^`]+)`|(?<plain>[a-zA-Z]\w*))|currentInput\s*\(\s*(?:"(?<double>[^"]+)"|'(?<single>[^']+)')/g;

const statesShape = z.object({ states: z.array(z.object({ stateName: z.string() })) });

/** The inputs that a definition's expressions name, in the order of their first mention [ASSUMED A2]. */
export function inputNamesOf(definition: Definition): string[] {
  const names = textsIn(definition).flatMap((text) =>
    [...text.matchAll(INPUT_REFERENCE)].map(({ groups = {} }) => Object.values(groups).find((name) => name) ?? ''),
  );
  return [...new Set(names)];
}

/** The names of a definition's states; null if it has none that can be read. */
export function stateNamesOf(definition: Definition): string[] | null {
  const result = statesShape.safeParse(definition);
  return result.success ? result.data.states.map(({ stateName }) => stateName) : null;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
