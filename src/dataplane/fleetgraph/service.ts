import { type Service } from '../protocol/operation.ts';

/** What AWS has no operation for; in the form of its rest-json services. */
export const fleetgraph: Service = {
  name: 'fleetgraph',
  signingName: 'fleetgraph',
  actionPrefix: 'fleetgraph',
  contentType: 'application/json',
  validationError: 'ValidationException',
  fault: 'InternalFailureException',
  hasUpperCaseMessage: false,
};
