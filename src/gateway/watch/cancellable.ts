/**
 * An async generator whose `return()` is heard at once: a generator that awaits something takes notice only when it goes on, so
 * `cancel` must let what it awaits come to an end.
 */
export function cancellable<Item>(
  generator: AsyncGenerator<Item, undefined>,
  cancel: () => void,
): AsyncIterableIterator<Item, undefined> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => generator.next(),
    return() {
      cancel();
      return generator.return(undefined);
    },
  };
}
