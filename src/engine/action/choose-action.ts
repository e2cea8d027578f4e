import { type Place, member, report, requireObject } from '../request.ts';

/** The one type of an action and its body; null if what is there was reported. Source: detector-engine.md, 5.2. */
export function chooseAction<Type extends string>(
  place: Place,
  types: readonly Type[],
): { readonly type: Type; readonly body: Place } | null {
  if (!requireObject(place)) return null;
  const present = types.filter((type) => member(place, type).value !== undefined);
  const [type] = present;
  if (type === undefined || present.length > 1) {
    report(
      place,
      `Actions may only have one type defined, but found an action with ${present.length} types. ` +
        'Please split into separate Actions.',
    );
    return null;
  }
  const body = member(place, type);
  return requireObject(body) ? { type, body } : null;
}
