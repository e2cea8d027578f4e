import { type Service } from '../protocol/operation.ts';

/** iotevents, API version 2018-07-27. Source: wire.md, sections 1 and 3. */
export const iotEvents: Service = {
  name: 'iotevents',
  signingName: 'iotevents',
  actionPrefix: 'iotevents',
  validationError: 'InvalidRequestException',
  fault: 'InternalFailureException',
  hasUpperCaseMessage: false,
  contentType: 'application/json',
};
