import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { systemClock } from '../clock.ts';
import { UsageError } from '../command-line.ts';
import { accessKeyPath, changeAccessKeys, listAccessKeys } from '../security/access-key-file.ts';
import { type AccessKey, createAccessKey } from '../security/access-keys.ts';
import { NAMED_POLICIES, type Policy, readPolicy } from '../security/policy.ts';
import { type Settings } from '../settings.ts';

/** Creates, lists, rotates and revokes access keys in the data directory. Answers the exit code; rejects for an id of no key. */
export async function keys([verb, ...ids]: readonly string[], settings: Settings): Promise<0> {
  const path = accessKeyPath(settings.data);
  const [id] = ids;
  if (verb === 'create' && ids.length === 0) {
    const created = await create(path, settings.policy);
    show(created, settings.json);
  } else if (verb === 'list' && ids.length === 0) {
    const found = await listAccessKeys(path);
    const text = found.length === 0 ? 'No access keys\n' : found.map(describe).join('');
    process.stdout.write(settings.json ? json({ AccessKeyMetadata: found.map(metadata) }) : text);
  } else if (verb === 'rotate' && id !== undefined && ids.length === 1) {
    const created = await rotate(path, id);
    show(created, settings.json);
    process.stderr.write(`${id} still works: revoke it when nobody uses it any more.\n`);
  } else if (verb === 'revoke' && id !== undefined && ids.length === 1) {
    await revoke(path, id);
    process.stdout.write(settings.json ? json({}) : `${id} works no more\n`);
  } else {
    const got = [verb, ...ids].join(' ');
    throw new UsageError(`Expected create --policy FILE|NAME, list, rotate ID or revoke ID, got "${got}"`);
  }
  return 0;
}

async function create(path: string, policyName: string | null): Promise<AccessKey> {
  if (policyName === null) throw new UsageError(`--policy: expected a file or ${namesText()}, got nothing`);
  const named = Object.entries(NAMED_POLICIES).find(([name]) => name === policyName);
  const policy = named?.[1] ?? (await readPolicyFile(policyName));
  const key = createAccessKey(basename(policyName), policy, systemClock.nowMs());
  await changeAccessKeys(path, (before) => [...before, key]);
  return key;
}

async function readPolicyFile(path: string): Promise<Policy> {
  try {
    return readPolicy(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Error(`Expected ${namesText()} or the file of a policy, got ${path}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function namesText(): string {
  return Object.keys(NAMED_POLICIES).join(' or ');
}

async function rotate(path: string, accessKeyId: string): Promise<AccessKey> {
  let created: AccessKey | undefined;
  await changeAccessKeys(path, (before) => {
    const old = requireKey(before, accessKeyId);
    const key = createAccessKey(old.policyName, old.policy, systemClock.nowMs());
    created = key;
    const replaced = { ...old, replacedBy: key.accessKeyId };
    return [...before.map((other) => (other === old ? replaced : other)), key];
  });
  if (created === undefined) throw new Error('Expected a new key, got none');
  return created;
}

async function revoke(path: string, accessKeyId: string): Promise<void> {
  await changeAccessKeys(path, (before) => {
    const revoked = requireKey(before, accessKeyId);
    return before.filter((key) => key !== revoked);
  });
}

function requireKey(found: readonly AccessKey[], accessKeyId: string): AccessKey {
  const key = found.find((candidate) => candidate.accessKeyId === accessKeyId);
  if (key === undefined) throw new Error(`Expected the id of an access key, got ${accessKeyId}`);
  return key;
}

/** The only time that a secret is shown: as variables, or as `aws iam create-access-key` answers. */
function show(key: AccessKey, isJson: boolean): void {
  const { accessKeyId, secretAccessKey } = key;
  const text = `AWS_ACCESS_KEY_ID=${accessKeyId}\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}\n`;
  process.stdout.write(isJson ? json({ AccessKey: { ...metadata(key), SecretAccessKey: secretAccessKey } }) : text);
}

function metadata({ accessKeyId, createDate, policyName, policy, replacedBy }: AccessKey): object {
  return {
    AccessKeyId: accessKeyId,
    Status: 'Active',
    CreateDate: createDate,
    PolicyName: policyName,
    PolicyDocument: policy.document,
    ...(replacedBy !== null && { ReplacedBy: replacedBy }),
  };
}

function describe({ accessKeyId, createDate, policyName, replacedBy }: AccessKey): string {
  return `${accessKeyId}  ${createDate}  ${policyName}${replacedBy === null ? '' : `  replaced by ${replacedBy}`}\n`;
}

function json(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
