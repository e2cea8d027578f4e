import { describe, expect, it } from 'vitest';
import { decide, NAMED_POLICIES, readPolicy } from '../../src/security/policy.ts';

const ARN = 'arn:aws:sagemaker:us-east-1:123456789012:device-fleet/demo/device/d0';
const policy = (...Statement: object[]) => readPolicy({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[]) => ({ Effect: 'Allow', Action, Resource });

describe('a policy', () => {
  it.each([
    ['sagemaker:SendHeartbeat', ARN, 'allowed'],
    ['sagemaker:sendheartbeat', ARN, 'allowed'],
    ['sagemaker:*', ARN, 'allowed'],
    ['sagemaker:Send?eartbeat', ARN, 'allowed'],
    ['*', '*', 'allowed'],
    ['sagemaker:SendHeartbeat', ARN.replace('/d0', '/*'), 'allowed'],
    ['sagemaker:SendHeartbeat', ARN.replace('/d0', '/d?'), 'allowed'],
    ['sagemaker:SendHeartbeat', ARN.replace('/d0', '/D0'), 'implicitDeny'],
    ['sagemaker:SendHeartbeat', ARN.replace('/d0', '/d'), 'implicitDeny'],
    ['sagemaker:SendHeartbeat', `${ARN}0`, 'implicitDeny'],
    ['sagemaker:SendHeartbeats', ARN, 'implicitDeny'],
    ['iotevents:*', ARN, 'implicitDeny'],
  ])('that allows %s on %s says %s to a heartbeat', (action, resource, decision) => {
    expect(decide(policy(allow(action, resource)), 'sagemaker:SendHeartbeat', ARN)).toBe(decision);
  });

  it('allows what one of its statements allows, unless another denies it', () => {
    const both = policy(allow(['a:B', 'sagemaker:*'], ['arn:x', '*']), { ...allow('*:Send*', '*'), Effect: 'Deny' });
    expect(decide(both, 'sagemaker:GetDeployments', ARN)).toBe('allowed');
    expect(decide(both, 'sagemaker:SendHeartbeat', ARN)).toBe('explicitDeny');
    expect(decide(both, 'iotevents:ListInputs', '*')).toBe('implicitDeny');
  });

  it('allows an operation on no resource in particular only for *', () => {
    const some = policy(allow('iotevents:ListInputs', 'arn:aws:iotevents:*'));
    expect(decide(some, 'iotevents:ListInputs', '*')).toBe('implicitDeny');
  });

  it('may be one statement instead of a list, with an id', () => {
    const one = readPolicy({ Version: '2012-10-17', Id: 'i', Statement: { Sid: 's', ...allow('a:B', '*') } });
    expect(decide(one, 'a:B', ARN)).toBe('allowed');
  });

  it.each([
    ['Condition', { ...allow('a:B', '*'), Condition: {} }],
    ['NotAction', { Effect: 'Allow', NotAction: 'a:B', Resource: '*' }],
    ['Principal', { ...allow('a:B', '*'), Principal: '*' }],
    ['Effect', { ...allow('a:B', '*'), Effect: 'allow' }],
    ['Resource', { Effect: 'Allow', Action: 'a:B' }],
    ['Expected * or <service>:<operation>', allow('SageMaker:SendHeartbeat', '*')],
    ['Expected no variable', allow('a:B', 'arn:${aws:username}')],
    ['Expected * or an ARN', allow('a:B', 'input/x')],
  ])('with a wrong %s is refused by name', (name, statement) => {
    expect(() => policy(statement)).toThrow(name);
    expect(() => policy(statement)).toThrow('Statement.0');
  });

  it.each([[{}], [[]], ['x'], [null], [{ Version: '2008-10-17', Statement: allow('a:B', '*') }]])(
    'that is %j is refused',
    (document) => {
      expect(() => readPolicy(document)).toThrow('Expected a policy');
    },
  );
});

describe('ReadOnlyAccess', () => {
  it.each([
    ['sagemaker:GetDeployments', 'allowed'],
    ['iotevents:DescribeDetector', 'allowed'],
    ['iotevents:ListInputs', 'allowed'],
    ['fleetgraph:ExportResources', 'allowed'],
    ['fleetgraph:LoadResources', 'implicitDeny'],
    ['iotevents:BatchPutMessage', 'implicitDeny'],
    ['sagemaker:SendHeartbeat', 'implicitDeny'],
  ])('says to %s: %s', (action, decision) => {
    expect(decide(NAMED_POLICIES.ReadOnlyAccess, action, '*')).toBe(decision);
  });
});
