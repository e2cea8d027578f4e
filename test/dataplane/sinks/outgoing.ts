import { type OutgoingEffect } from '../../../src/dataplane/runtime/delivery.ts';

/** An effect on its way out, with the members that matter to the test. */
export function outgoing(effect: Partial<OutgoingEffect['effect']> = {}): OutgoingEffect {
  return {
    sequence: 1,
    source: '/detectors/motor/keyValues/?keyValue=Fulton-A32',
    hops: 0,
    effect: {
      actionExecutionId: '5d7444df-a655-3587-a609-dbd7a0f55267',
      type: 'sns',
      target: 'arn:aws:sns:us-east-1:123456789012:underPressureAction',
      parameters: {},
      payload: '{"eventTime":1558129816420,"pressure":20.0}',
      eventName: 'Pressure Threshold Breached',
      stateName: 'Dangerous',
      eventTimeMs: 1_558_129_816_420,
      ...effect,
    },
  };
}
