import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createSchema } from '../../../src/gateway/schema.ts';

const gateway = new URL('../../../src/gateway/', import.meta.url);
const schema = new URL('../../../schema/', import.meta.url);

test('every domain has one file of SDL and one folder, of the same name', () => {
  const files = readdirSync(schema).map((file) => file.replace('.graphql', ''));
  const folders = readdirSync(gateway).filter((name) => name !== 'generated');
  const domains = folders.filter((name) => existsSync(new URL(`${name}/resolvers.ts`, gateway)));
  expect(files.filter((name) => name !== 'root').toSorted()).toEqual(domains.toSorted());
});

test('every field of Query, Mutation and Subscription is resolved', () => {
  const built = createSchema();
  const roots = [built.getQueryType(), built.getMutationType()];
  const fields = roots.flatMap((type) => Object.values(type?.getFields() ?? {}));
  expect(fields.filter((field) => field.resolve === undefined).map((field) => field.name)).toEqual([]);
  const subscriptions = Object.values(built.getSubscriptionType()?.getFields() ?? {});
  expect(subscriptions.map((field) => field.name).toSorted()).toEqual([
    'alarmChanged',
    'alarmsChanged',
    'deploymentsChanged',
    'detectorChanged',
    'detectorsChanged',
  ]);
  expect(subscriptions.filter((field) => field.subscribe === undefined)).toEqual([]);
});
