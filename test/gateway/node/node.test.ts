import { describe, expect, it } from 'vitest';
import { alarmId, decodeNodeId, detectorId, deviceId } from '../../../src/gateway/node/node-id.ts';
import { askDataplane, refusals } from '../gateway-client.ts';

describe('node', () => {
  it('gives a device’s identity, a detector that exists, and null for what does not', async () => {
    const { ask } = await askDataplane();
    await ask(`mutation { putMessages(input: { messages: [
      { inputName: "PressureInput", payload: { motorid: "m-1", sensorData: { pressure: 1 } } }
    ] }) { results { ok } } }`);
    const { data: known } = await ask<{ detector: { id: string }; device: { id: string } }>(
      '{ detector(detectorModelName: "motor", keyValue: "m-1") { id } device(deviceFleetName: "demo", deviceName: "d0") { id } }',
    );
    const gone = detectorId({ detectorModelName: 'motor', keyValue: 'gone' });
    const answer = await ask(
      `query ($detector: ID!, $ids: [ID!]!) {
        node(id: $detector) { id ... on Detector { state { stateName } } }
        nodes(ids: $ids) { __typename id ... on Device { deviceName } ... on Detector { keyValue } }
      }`,
      { detector: known.detector.id, ids: [known.device.id, gone, 'nonsense', known.detector.id] },
    );
    expect(answer.data).toEqual({
      node: { id: known.detector.id, state: { stateName: 'Normal' } },
      nodes: [
        { __typename: 'Device', id: known.device.id, deviceName: 'd0' },
        null,
        null,
        { __typename: 'Detector', id: known.detector.id, keyValue: 'm-1' },
      ],
    });
    expect(refusals(answer)).toMatchObject({ 'nodes.2': { code: 'BAD_USER_INPUT', argument: 'ids[2]' } });
    expect(answer.extensions.upstreamCalls).toBe(2);
  });

  it('is refused for too many ids', async () => {
    const { ask } = await askDataplane();
    const id = deviceId({ deviceFleetName: 'demo', deviceName: 'd0' });
    const ids = Array.from({ length: 251 }, () => id);
    const answer = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(refusals(answer)).toMatchObject({ nodes: { code: 'BAD_USER_INPUT', argument: 'ids' } });
  });
});

describe('an id', () => {
  it.each([
    {
      type: 'Device',
      key: { deviceFleetName: 'f', deviceName: 'd' },
      id: deviceId({ deviceFleetName: 'f', deviceName: 'd' }),
    },
    {
      type: 'Detector',
      key: { detectorModelName: 'm', keyValue: 'a:b' },
      id: detectorId({ detectorModelName: 'm', keyValue: 'a:b' }),
    },
    {
      type: 'Alarm',
      key: { alarmModelName: 'm', keyValue: null },
      id: alarmId({ alarmModelName: 'm', keyValue: null }),
    },
  ])('of a $type says which it is', ({ id, ...node }) => {
    expect(decodeNodeId('id', id)).toEqual(node);
  });

  it.each([
    ['', 'empty'],
    ['x', 'no JSON'],
    [Buffer.from('["Fleet","f"]').toString('base64url'), 'of no type'],
    [Buffer.from('["Device","f"]').toString('base64url'), 'without a name'],
    [Buffer.from('["Device","f","no spaces"]').toString('base64url'), 'with a name that breaks a rule'],
    [Buffer.from('["Device", "f","d"]').toString('base64url'), 'written another way'],
    [`${deviceId({ deviceFleetName: 'f', deviceName: 'd' })}=`, 'with padding'],
  ])('%j (%s) is malformed', (id) => {
    expect(() => decodeNodeId('id', id)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument: 'id' } }) as Error,
    );
  });
});
