import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../src/dataplane/protocol/errors.ts';
import { type Operation } from '../../../src/dataplane/protocol/operation.ts';
import { parseTarget } from '../../../src/dataplane/protocol/request.ts';
import { createRouter } from '../../../src/dataplane/protocol/route.ts';

const service = {
  name: 'test',
  signingName: 'test',
  actionPrefix: 'fleetgraph',
  validationError: 'ValidationException',
  fault: 'InternalFailureException',
  hasUpperCaseMessage: false,
  contentType: 'application/json',
} as const;

function operation(name: string, method: Operation['method'], path: string, target?: string): Operation {
  const invoke = () => Promise.resolve(null);
  return { service, name, method, path, status: 200, invoke, ...(target !== undefined && { target }) };
}

const route = createRouter([
  operation('Update', 'POST', '/detectors'),
  operation('Delete', 'POST', '/detectors/delete'),
  operation('List', 'GET', '/detectors/{detectorModelName}'),
  operation('Describe', 'GET', '/detectors/{detectorModelName}/keyValues'),
  operation('ListDevices', 'POST', '/', 'SageMaker.ListDevices'),
  operation('DescribeDevice', 'POST', '/', 'SageMaker.DescribeDevice'),
]);

function find(method: string, target: string): readonly [string, Readonly<Record<string, string>>] {
  const match = route(method, parseTarget(target).segments);
  return [match.operation.name, match.params];
}

function refusal(act: () => unknown): Pick<AwsError, 'type' | 'status' | 'headers'> {
  try {
    act();
  } catch (error) {
    if (error instanceof AwsError) return { type: error.type, status: error.status, headers: error.headers };
    throw error;
  }
  throw new Error('Expected a refusal, got an answer');
}

describe('routes', () => {
  test.each([
    ['POST', '/detectors', ['Update', {}]],
    ['POST', '/detectors/', ['Update', {}]],
    ['POST', '/detectors/delete', ['Delete', {}]],
    ['GET', '/detectors/delete', ['List', { detectorModelName: 'delete' }]],
    ['GET', '/detectors/m/keyValues', ['Describe', { detectorModelName: 'm' }]],
    ['GET', '/detectors/m/keyValues/?keyValue=k', ['Describe', { detectorModelName: 'm' }]],
    ['GET', '/%64etectors/m%2Fn', ['List', { detectorModelName: 'm/n' }]],
    ['GET', 'http://127.0.0.1:4010/detectors/m', ['List', { detectorModelName: 'm' }]],
  ])('%s %s is found', (method, target, found) => {
    expect(find(method, target)).toEqual(found);
  });

  test.each([
    ['GET', '*'],
    ['POST', '/'],
    ['GET', '/Detectors/m'],
    ['GET', '/detectors/m/keyValues/k'],
    ['POST', '/detectors/m'],
    ['POST', '/detectors/delete//'],
  ])('%s %s is an unknown operation', (method, target) => {
    expect(refusal(() => find(method, target))).toMatchObject({ type: 'UnknownOperationException', status: 404 });
  });

  test('a wrong method is told which one is right', () => {
    expect(refusal(() => find('PATCH', '/detectors'))).toEqual({
      type: 'MethodNotAllowedException',
      status: 405,
      headers: { allow: 'POST' },
    });
  });
});

test('in the json 1.1 protocol the target tells the operation, to the letter', () => {
  const named = (target: string) => route('POST', parseTarget('/').segments, target).operation.name;
  expect(named('SageMaker.DescribeDevice')).toBe('DescribeDevice');
  for (const target of ['SageMaker.describeDevice', 'Other.DescribeDevice', 'SageMaker.', '']) {
    expect(refusal(() => named(target))).toMatchObject({ type: 'UnknownOperationException', status: 404 });
  }
  expect(refusal(() => route('GET', parseTarget('/').segments, 'SageMaker.ListDevices'))).toMatchObject({
    status: 405,
  });
});

describe('request targets', () => {
  test('query parameters are percent-decoded, a plus stays, and one that is repeated has all its values', () => {
    const { query } = parseTarget('/x?keyValue=a%3ab&stateName=%C3%9Cber+70%20&nextToken=t==&keyValue=b&flag&&=v');
    expect(Object.fromEntries(query)).toEqual({
      keyValue: ['a:b', 'b'],
      stateName: ['Über+70 '],
      nextToken: ['t=='],
      flag: [''],
    });
  });

  test.each(['/x?k=%', '/x?k=%zz', '/x?k=%ff', '/%ff', '/x?%=1', '/%E0%A4%A'])('%s is refused', (target) => {
    expect(refusal(() => parseTarget(target))).toMatchObject({ type: 'SerializationException', status: 400 });
  });
});
