import { blob, integer, type Shape, string } from '../protocol/shape.ts';

/** The name of a detector model or of an alarm model. Source for all shapes here: wire.md, section 4. */
export const modelName = string({ min: 1, max: 128, pattern: '^[a-zA-Z0-9_-]+$' });

/** What a request calls one entry of its batch: a MessageId or a RequestId. */
export const entryId = string({ min: 1, max: 64, pattern: '^[a-zA-Z0-9_-]+$' });

/** What tells the detectors (or alarms) of one model apart. */
export const keyValue = string({ min: 1, max: 128, pattern: '^[a-zA-Z0-9\\-_:]+$' });

/** The most entries that a batch may have. [ASSUMED A37b] Source: detector-engine.md, 3.1 and section 12. */
export const BATCH_LIMIT = 10;

/** The largest page, and the size of one where the request does not say. [ASSUMED W4] */
export const PAGE_LIMIT = 250;

/** The size of a page. */
export const maxResults = integer({ min: 1, max: PAGE_LIMIT });

/** Message.payload: base64, or the JSON text itself, which is never base64. Source: detector-engine.md, 3.2. */
export const payload: Shape<Uint8Array> = {
  read(value, reading) {
    const isJsonText = typeof value === 'string' && value.trimStart().startsWith('{');
    return isJsonText ? Buffer.from(value) : blob.read(value, reading);
  },
};
