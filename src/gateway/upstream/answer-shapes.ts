import { z } from 'zod';

// 9999-12-31T23:59:59.999Z, the last moment that RFC 3339 can write. Epoch milliseconds in place of seconds lie beyond it.
const LAST_EPOCH_SECONDS = 253_402_300_799.999;

/** A timestamp on the wire, epoch seconds with a fraction of milliseconds, as a Date. Source: wire.md, section 2. */
export const timestamp = z
  .number()
  .min(0)
  .max(LAST_EPOCH_SECONDS)
  .transform((seconds) => new Date(Math.round(seconds * 1000)));

/** A timestamp that may be missing: null. */
export const optionalTimestamp = timestamp.nullish().transform((time) => time ?? null);

/** A text that may be missing: null. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? null);

/** A token that may be missing or, from servers that know no better, empty: null. */
export const optionalToken = optionalText.transform((token) => (token === '' ? null : token));

/** A 32-bit whole number that may be missing: null. */
export const optionalInt = z
  .int32()
  .nullish()
  .transform((value) => value ?? null);
