/** What a runtime of a test needs and does not test. */
export const testSettings = {
  account: { region: 'us-east-1', accountId: '123456789012' },
  deviceConnectedWithinMs: 60_000,
};
