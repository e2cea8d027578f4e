import { hash } from 'node:crypto';
import { type DocumentNode, type Token } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Keeps the documents that passed the guard, the latest used, by the SHA-256 of their source. */
export interface DocumentStore {
  find(source: string): DocumentNode | undefined;
  keep(source: string, document: DocumentNode): void;
  /** The same documents as Apollo Server's `documentStore`. */
  readonly forApollo: {
    get(key: string): Promise<DocumentNode | undefined>;
    set(key: string, document: DocumentNode): Promise<void>;
    delete(key: string): Promise<boolean>;
  };
}

const MAX_DOCUMENTS = 1000;
const MAX_BYTES = 32 * 1024 * 1024;
/** What a document takes for each token, parsed and compiled: at most this was measured, for aliases of one field. */
const TOKEN_BYTES = 700;

/** Makes an empty store. It holds at most 1,000 documents of 32 MiB, as they are in memory, with what is compiled from them. */
export function createDocumentStore(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_BYTES,
    sizeCalculation: sizeOf,
  });
  return {
    find: (source) => documents.get(hash('sha256', source)),
    keep(source, document) {
      documents.set(hash('sha256', source), document);
    },
    forApollo: {
      get: (key) => Promise.resolve(documents.get(hashIn(key))),
      set(key, document) {
        documents.set(hashIn(key), document);
        return Promise.resolve();
      },
      delete: (key) => Promise.resolve(documents.delete(hashIn(key))),
    },
  };
}

/** Apollo's key ends with the SHA-256 of the source; before it stands the schema's, which is always the same. */
function hashIn(key: string): string {
  return key.slice(-64);
}

function sizeOf({ loc }: DocumentNode): number {
  let bytes = loc?.source.body.length ?? 0;
  for (let token: Token | null | undefined = loc?.startToken; token; token = token.next) bytes += TOKEN_BYTES;
  return bytes;
}
