/** Texts that no answer may contain. */
export type Secrets = readonly string[];

/** An answer as it came; `text` is its head and body, with the body undone of compression where it was compressed. */
export interface ServiceAnswer {
  readonly status: number;
  readonly text: string;
}

/** Traces of what is inside: frames of a stack, files, modules, SQL. */
const INSIDE = /\n\s+at |\\n\s+at |node:internal|node_modules|file:\/\/|\.ts:\d|SQLITE_|ECONNREFUSED/;

/** Throws unless the status is one of those that a client can have caused, and the answer tells nothing of the inside. */
export function checkAnswer({ status, text }: ServiceAnswer, statuses: ReadonlySet<number>, secrets: Secrets): void {
  const shown = text.slice(0, 500);
  if (!statuses.has(status)) throw new Error(`Expected a status for what clients do wrong, got ${status}: ${shown}`);
  const inside = INSIDE.exec(text)?.[0] ?? secrets.find((secret) => text.includes(secret));
  if (inside !== undefined) throw new Error(`Expected nothing of the inside, got ${JSON.stringify(inside)}: ${shown}`);
}
