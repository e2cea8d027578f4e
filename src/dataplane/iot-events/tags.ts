import { AwsError } from '../protocol/errors.ts';
import { defineOperation, type Operation } from '../protocol/operation.ts';
import { list, string, structure } from '../protocol/shape.ts';
import { type Control, type ControlContext } from '../runtime/control.ts';
import { type ResourceRow } from '../store/store.ts';
import { mergeTags, parseArn, requireResource } from './resources.ts';
import { iotEvents } from './service.ts';
import { tagKey, tags } from './shapes.ts';

const resourceArn = string({ min: 1, max: 2048 });

const resources = (request: { readonly resourceArn: string }) => [request.resourceArn];

/** The three operations on tags. Source: wire.md, section 6; detector-engine.md, section 12. */
export function createTagOperations(control: Control): readonly Operation[] {
  const common = { service: iotEvents, path: '/tags', status: 200 } as const;
  return [
    defineOperation({
      ...common,
      name: 'TagResource',
      method: 'POST',
      query: { resourceArn: 'text' },
      input: structure({ resourceArn, tags }),
      resources,
      handle: (request) =>
        control.transact(async (context) => {
          const row = await requireTagged(context, request.resourceArn);
          await context.tx.putResource({ ...row, tags: mergeTags(context, row.tags, request.tags) });
          return {};
        }),
    }),
    defineOperation({
      ...common,
      name: 'UntagResource',
      method: 'DELETE',
      query: { resourceArn: 'text', tagKeys: 'list' },
      input: structure({ resourceArn, tagKeys: list(tagKey) }),
      resources,
      handle: ({ resourceArn: arn, tagKeys }) =>
        control.transact(async (context) => {
          const row = await requireTagged(context, arn);
          await context.tx.putResource({ ...row, tags: row.tags.filter(({ key }) => !tagKeys.includes(key)) });
          return {};
        }),
    }),
    defineOperation({
      ...common,
      name: 'ListTagsForResource',
      method: 'GET',
      query: { resourceArn: 'text' },
      input: structure({ resourceArn }),
      resources,
      handle: (request) =>
        control.transact(async (context) => ({ tags: (await requireTagged(context, request.resourceArn)).tags })),
    }),
  ];
}

/** The resource's current version, which has its tags. */
function requireTagged(context: ControlContext, arn: string): Promise<ResourceRow> {
  const resource = parseArn(context.account, arn);
  if (resource !== null) return requireResource(context, resource.kind, resource.name);
  throw new AwsError('ResourceNotFoundException', `Resource of ARN: ${arn} not found`);
}
