import { ApolloServer } from '@apollo/server';
import { buildSchema, parse } from 'graphql';
import { expect, test } from 'vitest';
import { createDocumentGuard } from '../../../src/gateway/guard/document-guard.ts';
import { createDocumentStore } from '../../../src/gateway/guard/document-store.ts';

const schema = buildSchema('type Query { name: String }');
const createGuard = () =>
  createDocumentGuard(schema, { maxDepth: 15, maxAliases: 100, maxTokens: 5000, maxDirectives: 50 }, true);

test('a document that passed is parsed and validated once, one that did not each time', () => {
  const guard = createGuard();
  const document = guard.check('{ name }');
  expect(document).toMatchObject({ kind: 'Document' });
  expect(guard.check('{ name }')).toBe(document);
  expect(guard.check('{  name }')).not.toBe(document);
  expect(guard.check('{ nothing }')).not.toBe(guard.check('{ nothing }'));
  expect(guard.documents.find('{ nothing }')).toBeUndefined();
});

test('a document that passed over HTTP is the same over WebSocket, and the reverse', async () => {
  const guard = createGuard();
  const executed: unknown[] = [];
  const apollo = new ApolloServer({
    schema,
    documentStore: guard.documents.forApollo,
    plugins: [
      {
        requestDidStart: () =>
          Promise.resolve({
            didResolveOperation({ document }) {
              executed.push(document);
              return Promise.resolve();
            },
          }),
      },
    ],
  });
  const overWebSocket = guard.check('{ name }');
  await apollo.executeOperation({ query: '{ name }' });
  expect(executed.pop()).toBe(overWebSocket);
  await apollo.executeOperation({ query: '{ again: name }' });
  expect(guard.check('{ again: name }')).toBe(executed.pop());
  await apollo.stop();
});

test('the documents used least lately make room: for other documents, and for large ones sooner', () => {
  const kept = (count: number, write: (index: number) => string) => {
    const documents = createDocumentStore();
    const sources = Array.from({ length: count }, (_, index) => write(index));
    for (const source of sources) {
      documents.keep(source, parse(source));
      documents.find(sources[0] ?? '');
    }
    expect(documents.find(sources[0] ?? '')).toBeDefined();
    return sources.filter((source) => documents.find(source)).length;
  };
  expect(kept(1100, (index) => `{ a${index}: name }`)).toBe(1000);
  // Each about 2.7 MiB.
  expect(kept(20, (index) => `{ a${index}: name ${'name '.repeat(4000)}}`)).toBe(11);
});
