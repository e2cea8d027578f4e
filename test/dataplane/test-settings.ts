import { quotasOf } from '../../src/engine-options.ts';
import { readSettings } from '../../src/settings.ts';

/** The quotas that hold where nobody sets others. */
export const awsQuotas = quotasOf(readSettings('dataplane', new Map(), {}, false).settings);

/** What a runtime of a test needs and does not test. */
export const testSettings = {
  account: { region: 'us-east-1', accountId: '123456789012' },
  quotas: awsQuotas,
  deviceConnectedWithinMs: 60_000,
};
