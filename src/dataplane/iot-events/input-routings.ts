import { AwsError } from '../protocol/errors.ts';
import { ANY, defineOperation, type Operation } from '../protocol/operation.ts';
import { document, structure } from '../protocol/shape.ts';
import { type Control } from '../runtime/control.ts';
import { listUsers } from './inputs.ts';
import { listAnswer, requireResource } from './resources.ts';
import { iotEvents } from './service.ts';
import { inputName, paging } from './shapes.ts';

const inputIdentifier = structure(
  {},
  { iotEventsInputIdentifier: structure({ inputName }), iotSiteWiseInputIdentifier: document },
);

/** ListInputRoutings: the models that the messages of an input go to. Source: wire.md, section 6. */
export function createInputRoutingOperations(control: Control): readonly Operation[] {
  return [
    defineOperation({
      service: iotEvents,
      name: 'ListInputRoutings',
      method: 'POST',
      path: '/input-routings',
      status: 200,
      input: structure({ inputIdentifier }, paging),
      resources: () => ANY,
      handle: ({ inputIdentifier: { iotEventsInputIdentifier, iotSiteWiseInputIdentifier }, ...request }) =>
        control.transact(async (context) => {
          if (iotEventsInputIdentifier === null) {
            if (iotSiteWiseInputIdentifier !== null) {
              throw new AwsError(
                'UnsupportedOperationException',
                'Expected an input of IoT Events, got one of SiteWise',
              );
            }
            const message = 'Expected iotEventsInputIdentifier in inputIdentifier, got none';
            throw new AwsError('InvalidRequestException', message);
          }
          const { name } = await requireResource(context, 'input', iotEventsInputIdentifier.inputName);
          return listAnswer(
            'routedResources',
            listUsers(context, name),
            ({ arn }) => [arn],
            request,
            (user) => user,
          );
        }),
    }),
  ];
}
