import { integer, list, string, structure } from '../protocol/shape.ts';

// Source for all shapes here: wire.md, section 6; detector-engine.md, 1.2 and 2.2.

/** The name of an input: stricter than BatchPutMessage takes it. */
export const inputName = string({ min: 1, max: 128, pattern: '^[a-zA-Z][a-zA-Z0-9_]*$' });

/** The name of a detector model or of an alarm model. */
export const modelName = string({ min: 1, max: 128, pattern: '^[a-zA-Z0-9_-]+$' });

/** A version in a request; one that is no number is never found. */
export const modelVersion = string({ min: 1, max: 128 });

/** Any text: nothing takes on a role. */
export const roleArn = string({ min: 1, max: 2048 });

/** Of an input or a model. */
export const description = string({ max: 1024 });

/** An attribute of an input, or the key of a model. */
export const jsonPath = string({
  min: 1,
  max: 128,
  pattern: '^((`[\\w\\- ]+`)|([\\w\\-]+))(\\.((`[\\w- ]+`)|([\\w\\-]+)))*$',
});

/** What tells the detectors of one model apart. */
export const keyValue = string({ min: 1, max: 128, pattern: '^[a-zA-Z0-9\\-_:]+$' });

/** The name of a tag. */
export const tagKey = string({ min: 1, max: 128 });

/** Tags in requests; how many there may be is a quota. */
export const tags = list(structure({ key: tagKey, value: string({ max: 256 }) }));

/** The members of a list's request. */
export const paging = { nextToken: string(), maxResults: integer({ min: 1, max: 250 }) };

/** Where they are in a GET. */
export const pagingQuery = { nextToken: 'text', maxResults: 'integer' } as const;
