import { type Clock } from '../clock.ts';
import { type AccessKeys } from '../security/access-key-file.ts';
import { type AccessKey } from '../security/access-keys.ts';
import { type ReceivedRequest } from '../security/canonical-request.ts';
import { decide } from '../security/policy.ts';
import { checkScope, readSignature, SignatureError, verifySignature } from '../security/signature.ts';
import { createSigningKeys } from '../security/signing-key.ts';
import { AwsError } from './protocol/errors.ts';
import { type Operation } from './protocol/operation.ts';
import { type Account } from './runtime/control.ts';

/** Who may do what. Everything of it throws AwsError 403. */
export interface Access {
  /** Takes in who a request says that it is from; what it gives is for when the operation is known. */
  receive(request: ReceivedRequest): (operation: Operation) => Caller;
}

/** Who asks for an operation: with a key that is known, and a signature that is for this place and time. */
interface Caller {
  /** Null: nobody has to sign. */
  readonly accessKeyId: string | null;
  /** Holds the signature against the body. */
  readonly verify: (body: Uint8Array) => void;
  /** Holds the key's policy against resources, as the operation's definition has them. */
  readonly authorize: (resources: readonly string[]) => void;
}

/** What access is decided by. */
export interface AccessOptions {
  readonly keys: AccessKeys;
  /** One more, which may do everything. */
  readonly embeddedKey: AccessKey | null;
  readonly account: Account;
  readonly clock: Clock;
}

const ANYBODY: Caller = { accessKeyId: null, verify: () => undefined, authorize: () => undefined };

/** Makes the access of a data plane: as long as there are no keys, everybody may do everything. */
export function createAccess({ keys, embeddedKey, account, clock }: AccessOptions): Access {
  const signingKey = createSigningKeys();
  const find = (accessKeyId: string) =>
    embeddedKey?.accessKeyId === accessKeyId ? embeddedKey : keys.find(accessKeyId);

  return {
    receive(request) {
      if (!keys.areSet()) return () => ANYBODY;
      const claim = asAwsError(() => readSignature(request));
      return (operation) => {
        const key = find(claim.accessKeyId);
        if (key === undefined) {
          throw new AwsError('UnrecognizedClientException', 'Expected an access key that is known here, got another');
        }
        asAwsError(() => {
          checkScope(claim, account.region, operation.service.signingName, clock.nowMs());
        });
        return {
          accessKeyId: key.accessKeyId,
          verify(body) {
            asAwsError(() => {
              verifySignature(claim, body, signingKey(key.secretAccessKey, claim));
            });
          },
          authorize(resources) {
            for (const resource of new Set(resources)) authorize(account, key, operation, resource);
          },
        };
      };
    },
  };
}

function asAwsError<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof SignatureError ? new AwsError(error.code, error.message) : error;
  }
}

/** Throws AwsError 403 in IAM's own words. */
function authorize(account: Account, key: AccessKey, { name, service }: Operation, resource: string): void {
  const action = `${service.actionPrefix}:${name}`;
  const isWhole = resource === '*' || resource.startsWith('arn:');
  const arn = isWhole ? resource : `arn:aws:${service.actionPrefix}:${account.region}:${account.accountId}:${resource}`;
  const decision = decide(key.policy, action, arn);
  if (decision === 'allowed') return;
  const reason =
    decision === 'explicitDeny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  const who = `Access key ${key.accessKeyId} is not authorized to perform: ${action}`;
  throw new AwsError('AccessDeniedException', `${who} on resource: ${arn} ${reason}`);
}
