import { backUp } from '../local-dataplane.ts';
import { type Settings } from '../settings.ts';

/** Copies the store to a file and says what is not in it. Answers the exit code; throws a StoreError if that cannot be done. */
export function backup([file = '']: readonly string[], settings: Settings): 0 {
  backUp(file, settings);
  process.stdout.write(`Wrote ${file}: all of the store in ${settings.data}, and no access keys\n`);
  return 0;
}
