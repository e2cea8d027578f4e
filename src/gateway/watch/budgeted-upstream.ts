import { upstreamError } from '../upstream/faults.ts';
import { type Upstream, type UpstreamCall } from '../upstream/upstream.ts';
import { type CallBudget } from './call-budget.ts';

/** The same upstream, where a description waits for leave of the budget and is asked for once: each try is a call. */
export function withinBudget(upstream: Upstream, budget: CallBudget): Upstream {
  async function admit(name: string, call: UpstreamCall): Promise<UpstreamCall> {
    try {
      await budget.take('events', call.signal);
    } catch (cause) {
      const operation = { service: 'iotevents-data', name, reads: true } as const;
      const message = 'The operation ended before the budget of calls allowed this one';
      throw upstreamError(operation, 'timeoutConnecting', message, { cause });
    }
    return { ...call, retries: false };
  }
  return {
    ...upstream,
    describeDetector: async (key, call) => upstream.describeDetector(key, await admit('DescribeDetector', call)),
    describeAlarm: async (key, call) => upstream.describeAlarm(key, await admit('DescribeAlarm', call)),
  };
}
