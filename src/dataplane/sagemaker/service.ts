import { defineOperation, type Operation, type Service } from '../protocol/operation.ts';
import { type Shape } from '../protocol/shape.ts';
import { type Control, type ControlContext } from '../runtime/control.ts';

/** sagemaker, API version 2017-07-24, as far as Edge Manager goes. Source: wire.md, sections 1 and 3. */
const sagemaker: Service = {
  name: 'sagemaker',
  signingName: 'sagemaker',
  actionPrefix: 'sagemaker',
  validationError: 'ValidationException', // [ASSUMED W3]
  fault: 'InternalFailureException',
  hasUpperCaseMessage: true,
  contentType: 'application/x-amz-json-1.1',
};

/** An operation of sagemaker, answered in one transaction; nothing that `handle` answers is an empty body. */
export function sagemakerOperation<T>(
  control: Control,
  name: string,
  input: Shape<T>,
  resources: (input: NoInfer<T>) => readonly string[],
  handle: (context: ControlContext, input: T) => Promise<object | undefined>,
): Operation {
  return defineOperation({
    service: sagemaker,
    name,
    method: 'POST',
    path: '/',
    target: `SageMaker.${name}`,
    status: 200,
    input,
    resources,
    handle: async (request) => (await control.transact((context) => handle(context, request))) ?? null,
  });
}
