import Negotiator from 'negotiator';

/** How results are written into an answer that goes on. Each text is whole: a client understands it when it comes. */
export interface StreamFormat {
  readonly transport: 'sse' | 'multipart';
  readonly contentType: string;
  readonly begin: string;
  /** A result, of JSON in one line. */
  next(payload: string): string;
  /** The end of a subscription that failed, of the JSON of its errors. */
  failed(errors: string): string;
  /** What clients pass over. */
  readonly ping: string;
  /** The end. Without it the client knows that there is more, and comes back. */
  readonly complete: string;
}

/** Source: GraphQL over Server-Sent Events Protocol, distinct connections mode. */
const SERVER_SENT_EVENTS: StreamFormat = {
  transport: 'sse',
  contentType: 'text/event-stream; charset=utf-8',
  begin: ':\n\n',
  next: (payload) => `event: next\ndata: ${payload}\n\n`,
  failed: (errors) => `event: next\ndata: {"errors":${errors}}\n\n`,
  ping: ':\n\n',
  complete: 'event: complete\ndata:\n\n',
};

/** The boundary comes at once after each part, as only then the client takes it for whole. */
const part = (json: string) => `\r\nContent-Type: application/json\r\n\r\n${json}\r\n--graphql`;

/** Source: Apollo, Multipart HTTP protocol for GraphQL Subscriptions. */
const MULTIPART: StreamFormat = {
  transport: 'multipart',
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  begin: '\r\n--graphql',
  next: (payload) => part(`{"payload":${payload}}`),
  failed: (errors) => part(`{"payload":null,"errors":${errors}}`),
  ping: part('{}'),
  complete: '--\r\n',
};

const MULTIPART_TYPE = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0';
const FORMATS = new Map([
  ['text/event-stream', SERVER_SENT_EVENTS],
  [MULTIPART_TYPE, MULTIPART],
]);
/** Who has no preference gets one answer. */
const TYPES = ['application/json', 'application/graphql-response+json', ...FORMATS.keys()];

/** The stream that a client wants rather than one answer; null: it does not. */
export function chooseStreamFormat(accept: string | undefined): StreamFormat | null {
  if (accept === undefined || !/event-stream|multipart/i.test(accept)) return null;
  return FORMATS.get(new Negotiator({ headers: { accept } }).mediaType(TYPES) ?? '') ?? null;
}
