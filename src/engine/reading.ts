/** What reading a request gives: the value with notes on what the writer should know, or everything that is wrong with it. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly notes: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Something found at a place: `path` like `detectorModelDefinition.states[0].onInput.events[1].condition`. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}
