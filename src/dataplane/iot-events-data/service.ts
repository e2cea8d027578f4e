import { type Service } from '../protocol/operation.ts';

/** iotevents-data, API version 2018-10-23. Source: wire.md, sections 1 and 3. */
export const iotEventsData: Service = {
  name: 'iotevents-data',
  signingName: 'ioteventsdata',
  actionPrefix: 'iotevents',
  validationError: 'InvalidRequestException',
  fault: 'InternalFailureException',
  hasUpperCaseMessage: false,
  contentType: 'application/json',
};
