import { restore } from '../local-dataplane.ts';
import { type Settings } from '../settings.ts';

/** Puts a backup in the place of the store and says where that is now. Answers the exit code; throws a StoreError if it cannot be. */
export function restoreFrom([file = '']: readonly string[], settings: Settings): 0 {
  const kept = restore(file, settings);
  const before = kept === null ? 'there was none before' : `the one before is ${kept}`;
  process.stdout.write(`Restored the store in ${settings.data} from ${file}; ${before}\n`);
  return 0;
}
