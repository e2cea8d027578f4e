import { type Control } from '../dataplane/runtime/control.ts';
import { StoreError } from '../dataplane/store/store.ts';
import { openControl } from '../local-dataplane.ts';
import { type Settings } from '../settings.ts';

/** Does work with the control planes on the data directory itself. Rejects if that cannot be opened, or as the work does. */
export async function withControl<T>(settings: Settings, work: (control: Control) => Promise<T>): Promise<T> {
  const { control, close } = await openControl(settings).catch((error: unknown) => {
    if (!(error instanceof StoreError) || error.code !== 'IN_USE') throw error;
    throw new Error(`${error.message}. With --endpoint this goes through the program that runs`, { cause: error });
  });
  try {
    return await work(control);
  } finally {
    await close();
  }
}
