import { describe, expect, it } from 'vitest';
import { type Connection } from '../../../src/gateway/connection.ts';
import { type Ask, askDataplane, askFaulty, refusals, type Answer } from '../gateway-client.ts';
import { answering, failing, hanging } from '../upstream/faulty-upstream.ts';

interface DetectorData {
  readonly keyValue: string;
  readonly state: Record<string, unknown>;
}

async function putPressures(ask: Ask, pressures: Record<string, number>) {
  const messages = Object.entries(pressures).map(([motorid, pressure]) => ({
    inputName: 'PressureInput',
    payload: { motorid, sensorData: { pressure } },
  }));
  const { data } = await ask<{ putMessages: { results: { ok: boolean }[] } }>(
    'mutation ($messages: [MessageInput!]!) { putMessages(input: { messages: $messages }) { results { ok } } }',
    { messages },
  );
  expect(data.putMessages.results.every(({ ok }) => ok)).toBe(true);
}

describe('a detector', () => {
  it('shows the state that messages brought about', async () => {
    const { ask } = await askDataplane();
    await putPressures(ask, { 'm-1': 80 });
    const { data, errors } = await ask<{ detector: unknown }>(`{
      detector(detectorModelName: "motor", keyValue: "m-1") {
        detectorModelName keyValue detectorModelVersion creationTime
        state { stateName variables { name value json } variable(name: "pressureThresholdBreached") { json } none: variable(name: "x") { json } timers { name } }
        device(deviceFleetName: "demo") { deviceName deviceFleetName }
      }
    }`);
    expect(errors).toBeUndefined();
    const variable = { name: 'pressureThresholdBreached', value: '3', json: 3 };
    expect(data.detector).toEqual({
      detectorModelName: 'motor',
      keyValue: 'm-1',
      detectorModelVersion: '1',
      creationTime: '2026-01-01T00:00:00.000Z',
      state: { stateName: 'Dangerous', variables: [variable], variable: { json: 3 }, none: null, timers: [] },
      device: { deviceName: 'm-1', deviceFleetName: 'demo' },
    });
  });

  it('that does not exist is null without an error, and so is one of a model that does not', async () => {
    const { ask } = await askDataplane();
    const answer = await ask(`{
      a: detector(detectorModelName: "motor", keyValue: "none") { id }
      b: detector(detectorModelName: "none", keyValue: "none") { id }
    }`);
    expect(answer).toMatchObject({ data: { a: null, b: null } });
    expect(answer.errors).toBeUndefined();
  });

  it('without key has no keyValue', async () => {
    const { ask } = await askDataplane();
    await putPressures(ask, { any: 1 });
    const { data } = await ask(
      '{ detector(detectorModelName: "single") { keyValue device(deviceFleetName: "demo") { id } } }',
    );
    expect(data).toEqual({ detector: { keyValue: null, device: null } });
  });

  it('is described once however often it is asked for', async () => {
    const { ask } = await askDataplane();
    await putPressures(ask, { 'm-1': 80 });
    const aliases = Array.from(
      { length: 20 },
      (_, index) => `d${index}: detector(detectorModelName: "motor", keyValue: "m-1") { id }`,
    );
    const { extensions } = await ask(`{ ${aliases.join(' ')} }`);
    expect(extensions.upstreamCalls).toBe(1);
  });
});

describe('a list of detectors', () => {
  it('costs one call for summaries, and one more for each detector whose details are selected', async () => {
    const { ask } = await askDataplane();
    await putPressures(ask, { 'm-1': 80, 'm-2': 10, 'm-3': 90 });
    const page = await ask(
      `{ detectors(detectorModelName: "motor", stateName: "Dangerous") { nodes { keyValue state { stateName } } } }`,
    );
    expect(page).toMatchObject({
      data: {
        detectors: {
          nodes: [
            { keyValue: 'm-1', state: { stateName: 'Dangerous' } },
            { keyValue: 'm-3', state: { stateName: 'Dangerous' } },
          ],
        },
      },
      extensions: { upstreamCalls: 1 },
    });
    const details = await ask<{ detectors: { nodes: DetectorData[] } }>(
      '{ detectors(detectorModelName: "motor") { nodes { state { variables { value } timers { name } variable(name: "pressureThresholdBreached") { value } } } } }',
    );
    expect(details.extensions.upstreamCalls).toBe(4);
    expect(details.data.detectors.nodes.map(({ state }) => state['variable'])).toEqual([
      { value: '3' },
      { value: '0' },
      { value: '3' },
    ]);
  });

  it('is read to its end page by page, each edge once', async () => {
    const { ask } = await askDataplane();
    const keys = ['m-1', 'm-2', 'm-3', 'm-4', 'm-5'];
    await putPressures(ask, Object.fromEntries(keys.map((key) => [key, 1])));
    const seen: string[] = [];
    let after: string | null = null;
    let calls = 0;
    do {
      const page: Answer<{ detectors: Connection<DetectorData> }> = await ask(
        `query ($after: String) { detectors(detectorModelName: "motor", first: 2, after: $after) {
          nodes { keyValue } pageInfo { hasNextPage endCursor }
        } }`,
        { after },
      );
      const { nodes, pageInfo } = page.data.detectors;
      seen.push(...nodes.map(({ keyValue }) => keyValue));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      calls += page.extensions.upstreamCalls;
    } while (after !== null);
    expect(seen).toEqual(keys);
    expect(calls).toBe(3);
  });

  it('of a model that does not exist is NOT_FOUND and costs its own field only', async () => {
    const { ask } = await askDataplane();
    const { data, errors } = await ask(
      '{ a: detectors(detectorModelName: "none") { nodes { id } } b: detectors(detectorModelName: "motor") { nodes { id } } }',
    );
    expect(data).toEqual({ a: null, b: { nodes: [] } });
    expect(errors).toMatchObject([
      {
        path: ['a'],
        extensions: {
          code: 'NOT_FOUND',
          upstream: { service: 'iotevents-data', operation: 'ListDetectors', retryable: false },
        },
      },
    ]);
    expect(errors?.[0]?.extensions['upstream']).toHaveProperty('requestId', expect.stringMatching(/./));
  });

  it('keeps its summaries when a detail fails, with one error for each field that needed it', async () => {
    const times = { creationTime: 1, lastUpdateTime: 2 };
    const summary = {
      detectorModelName: 'motor',
      keyValue: 'm-1',
      detectorModelVersion: '1',
      state: { stateName: 'Normal' },
      ...times,
    };
    const { ask } = await askFaulty((request, response) => {
      const isDetail = request.url.includes('/keyValues');
      (isDetail
        ? failing(400, 'InvalidRequestException', 'Not today')
        : answering(200, { detectorSummaries: [summary] }))(request, response);
    });
    const { data, errors } = await ask(
      '{ detectors(detectorModelName: "motor") { nodes { keyValue state { stateName variables { name } } } } }',
    );
    expect(data).toEqual({
      detectors: { nodes: [{ keyValue: 'm-1', state: { stateName: 'Normal', variables: null } }] },
    });
    expect(errors).toMatchObject([
      {
        path: ['detectors', 'nodes', 0, 'state', 'variables'],
        extensions: { code: 'UPSTREAM_REJECTED' },
        message: 'DescribeDetector: Upstream answered 400 InvalidRequestException: Not today',
      },
    ]);
  });

  it('shows no details of a detector that has gone since, and no error', async () => {
    const summary = {
      detectorModelName: 'motor',
      keyValue: 'm-1',
      detectorModelVersion: '1',
      state: { stateName: 'Normal' },
      creationTime: 1,
      lastUpdateTime: 2,
    };
    const { ask } = await askFaulty((request, response) => {
      const isDetail = request.url.includes('/keyValues');
      (isDetail ? failing(404, 'ResourceNotFoundException', '') : answering(200, { detectorSummaries: [summary] }))(
        request,
        response,
      );
    });
    const { data, errors } = await ask(
      '{ detectors(detectorModelName: "motor") { nodes { lastUpdateTime state { variables { name } timers { name } } } } }',
    );
    expect(data).toEqual({
      detectors: { nodes: [{ lastUpdateTime: '1970-01-01T00:00:02.000Z', state: { variables: null, timers: null } }] },
    });
    expect(errors).toBeUndefined();
  });
});

describe('updateDetectors and deleteDetectors', () => {
  const update = `mutation ($detectors: [UpdateDetectorInput!]!) {
    updateDetectors(input: { detectors: $detectors }) {
      results { id ok error { code message retryable } detector { keyValue state { stateName variables { value } timers { name timestamp } } } }
    }
  }`;
  const dangerous = {
    stateName: 'Dangerous',
    variables: [{ name: 'pressureThresholdBreached', value: '7' }],
    timers: [{ name: 'audit', seconds: 60 }],
  };

  it('answer each entry, in the order given, with the detector as it is after the update', async () => {
    const { ask } = await askDataplane();
    await putPressures(ask, { 'm-1': 10, 'm-2': 10 });
    const { data, errors } = await ask<{ updateDetectors: { results: unknown[] } }>(update, {
      detectors: [
        { messageId: 'a', detectorModelName: 'motor', keyValue: 'm-2', state: dangerous },
        { messageId: 'b', detectorModelName: 'motor', keyValue: 'none', state: dangerous },
        { messageId: 'c', detectorModelName: 'motor', keyValue: 'm-1', state: { ...dangerous, stateName: 'Nowhere' } },
      ],
    });
    expect(errors).toBeUndefined();
    expect(data.updateDetectors.results).toMatchObject([
      {
        id: 'a',
        ok: true,
        error: null,
        detector: {
          keyValue: 'm-2',
          state: {
            stateName: 'Dangerous',
            variables: [{ value: '7' }],
            timers: [{ name: 'audit', timestamp: '2026-01-01T00:01:00.000Z' }],
          },
        },
      },
      { id: 'b', ok: false, error: { code: 'RESOURCE_NOT_FOUND', retryable: false }, detector: null },
      { id: 'c', ok: false, error: { code: 'INVALID_REQUEST', retryable: false }, detector: null },
    ]);
  });

  it('one after the other in an operation see what was done before', async () => {
    const { ask } = await askDataplane();
    await putPressures(ask, { 'm-1': 10 });
    const entry =
      '{ detectorModelName: "motor", keyValue: "m-1", state: { stateName: "Dangerous", variables: [], timers: [] } }';
    const back = entry.replace('Dangerous', 'Normal');
    const { data } = await ask(`mutation {
      a: updateDetectors(input: { detectors: [${entry}] }) { results { detector { state { stateName } } } }
      b: updateDetectors(input: { detectors: [${back}] }) { results { detector { state { stateName } } } }
      c: deleteDetectors(input: { detectors: [{ detectorModelName: "motor", keyValue: "m-1" }] }) { results { ok } }
    }`);
    expect(data).toEqual({
      a: { results: [{ detector: { state: { stateName: 'Dangerous' } } }] },
      b: { results: [{ detector: { state: { stateName: 'Normal' } } }] },
      c: { results: [{ ok: true }] },
    });
  });

  it.each([
    ['input.detectors', []],
    ['input.detectors[1].messageId', [{ messageId: 'a' }, { messageId: 'a' }]],
    ['input.detectors[0].messageId', [{ messageId: 'a b' }]],
    ['input.detectors[0].detectorModelName', [{ detectorModelName: 'a b' }]],
    ['input.detectors[0].keyValue', [{ keyValue: '' }]],
    ['input.detectors[0].state.stateName', [{ state: { ...dangerous, stateName: '' } }]],
    [
      'input.detectors[0].state.variables[0].name',
      [{ state: { ...dangerous, variables: [{ name: '1a', value: '1' }] } }],
    ],
    [
      'input.detectors[0].state.variables[0].value',
      [{ state: { ...dangerous, variables: [{ name: 'a', value: 'x'.repeat(1025) }] } }],
    ],
    ['input.detectors[0].state.timers[0].seconds', [{ state: { ...dangerous, timers: [{ name: 'a', seconds: 0 }] } }]],
  ])('are refused for %s, with nothing sent', async (argument, entries) => {
    const { ask, server } = await askFaulty(answering(200, {}));
    const detectors = entries.map((entry) => ({
      detectorModelName: 'motor',
      keyValue: 'k',
      state: dangerous,
      ...entry,
    }));
    expect(refusals(await ask(update, { detectors }))).toMatchObject({
      updateDetectors: { code: 'BAD_USER_INPUT', argument },
    });
    expect(server.requests).toEqual([]);
  });
});

describe('arguments', () => {
  it('are checked by AWS’s rules before anything is sent', async () => {
    const { ask, server } = await askFaulty(hanging);
    const answer = await ask(`{
      a: detector(detectorModelName: "no spaces") { id }
      b: detector(detectorModelName: "motor", keyValue: "a/b") { id }
      c: detectors(detectorModelName: "motor", stateName: "") { nodes { id } }
      d: detectors(detectorModelName: "motor", first: 0) { nodes { id } }
      e: detectors(detectorModelName: "motor", first: 251) { nodes { id } }
      f: detectors(detectorModelName: "motor", after: "x") { nodes { id } }
      g: detectorModels { nodes { detectorModelName } }
    }`);
    expect(answer.data).toEqual({ a: null, b: null, c: null, d: null, e: null, f: null, g: null });
    expect(refusals(answer)).toMatchObject({
      a: {
        code: 'BAD_USER_INPUT',
        argument: 'detectorModelName',
        message: 'detectorModelName: Expected 1 to 128 characters of a-z A-Z 0-9 _ -, got "no spaces"',
      },
      b: { argument: 'keyValue' },
      c: { argument: 'stateName' },
      d: { argument: 'first', message: 'first: Expected 1 to 250, got 0' },
      e: { argument: 'first' },
      f: { argument: 'after' },
      g: { code: 'NOT_CONFIGURED' },
    });
    expect(server.requests).toEqual([]);
  });
});
