/** What tells two events of one subject apart. */
interface Told {
  readonly cursor: string;
  readonly observedAtMs: number;
}

const known = new WeakMap<object, Told>();

/**
 * The event that was last made of `subject`, if it is like this one, else this one: all who are told the same get the very same
 * object, so that what comes of it is made once.
 */
export function sharedEvent<Event extends Told>(subject: object, event: Event): Event {
  const last = known.get(subject);
  // What is made of the same subject is of the same type.
  if (last?.cursor === event.cursor && last.observedAtMs === event.observedAtMs) return last as Event;
  known.set(subject, event);
  return event;
}
