import { type TlsFiles } from './security/web-server.ts';
import { booleanRule, listOf, SERVICES, type Setting, text } from './setting.ts';

/** For endpoints that were given without one, and the data plane's own; AWS's clients will not sign without. */
export const FALLBACK_REGION = 'us-east-1';

/** The settings of who may reach a service, and do what. */
export const ACCESS_SETTINGS = {
  tlsCert: {
    ...text,
    commands: SERVICES,
    default: null,
    defaultText: 'none: plain HTTP',
    description:
      'PEM file with the certificate of what is listened on, and those between it and the authority. Read again when it changes.',
  },
  tlsKey: {
    ...text,
    commands: SERVICES,
    default: null,
    defaultText: 'none',
    description: 'PEM file with the private key of --tls-cert.',
  },
  trustProxy: {
    schema: listOf(/^([\da-f.:]+(\/\d{1,3})?|loopback|linklocal|uniquelocal)$/i),
    rule: 'addresses, networks such as 10.0.0.0/8, loopback, linklocal or uniquelocal, separated by commas',
    commands: SERVICES,
    default: '',
    defaultText: 'none',
    description: 'Proxies whose X-Forwarded-For is believed for the address of a client in the log.',
  },
  allowAnonymous: {
    ...booleanRule,
    commands: ['serve', 'dataplane'],
    default: 'false',
    description:
      'Let everybody who reaches the data plane do everything while it has no access keys, from other machines as well: for networks ' +
      'where all are trusted.',
  },
  accessKeyId: {
    ...text,
    standardName: 'AWS_ACCESS_KEY_ID',
    commands: ['load', 'export', 'dead-letters'],
    default: null,
    defaultText: 'none: they are not signed',
    description: 'The access key that requests to the data plane at --endpoint are signed with.',
  },
  secretAccessKey: {
    ...text,
    standardName: 'AWS_SECRET_ACCESS_KEY',
    isSecret: true,
    commands: ['load', 'export', 'dead-letters'],
    default: null,
    defaultText: 'none',
    description: 'Its secret.',
  },
  policy: {
    ...text,
    isFlagOnly: true,
    commands: ['keys'],
    default: null,
    defaultText: 'none; create needs one',
    description: "What may be done with a new key: FullAccess, ReadOnlyAccess, or a file with a policy in IAM's JSON.",
  },
} as const satisfies Record<string, Setting>;

/** The files of --tls-cert and --tls-key; null: there is no TLS. Throws an Error if there is only one. */
export function tlsFilesOf(settings: {
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
}): TlsFiles | null {
  const { tlsCert, tlsKey } = settings;
  if (tlsCert !== null && tlsKey !== null) return { certFile: tlsCert, keyFile: tlsKey };
  if (tlsCert === tlsKey) return null;
  throw new Error('Expected --tls-cert and --tls-key together, got one of them');
}
