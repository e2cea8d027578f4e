import { describe, expect, it } from 'vitest';
import { inputNamesOf, stateNamesOf } from '../../../src/gateway/detector/model-definition.ts';
import { askControlPlanes, askDataplane, refusals } from '../gateway-client.ts';
import { answering, type Behaviour, byOperation, failing, inTurn, operationOf } from '../upstream/faulty-upstream.ts';

const DEFINITION = {
  initialStateName: 'Normal',
  states: [
    {
      stateName: 'Normal',
      onInput: {
        transitionEvents: [{ eventName: 'e', condition: '$input.Pressure.psi > 70', nextState: 'Dangerous' }],
      },
    },
    { stateName: 'Dangerous', onEnter: { events: [{ condition: 'currentInput("Reset")', actions: [] }] } },
  ],
};
const summary = (detectorModelName: string) => ({ detectorModelName, creationTime: 1 });
const ListDetectorModels = answering(200, {
  detectorModelSummaries: [{ ...summary('motor'), detectorModelDescription: 'Motors' }],
});
const DescribeDetectorModel = answering(200, {
  detectorModel: {
    detectorModelConfiguration: {
      detectorModelName: 'motor',
      detectorModelVersion: '2',
      key: 'motorid',
      evaluationMethod: 'SERIAL',
      status: 'ACTIVE',
      lastUpdateTime: 2,
    },
    detectorModelDefinition: DEFINITION,
  },
});
const detector = (detectorModelName: string, keyValue: string) => ({
  detectorModelName,
  keyValue,
  detectorModelVersion: '1',
  state: { stateName: 'Normal', variables: [], timers: [] },
  creationTime: 1,
  lastUpdateTime: 2,
});

/** DescribeDetector of models that all have a detector for every key but `single`. */
const DescribeDetector: Behaviour = (request, response) => {
  const [, model = '', keyValue = ''] = /^\/detectors\/([^/]+)\/keyValues\/?\?keyValue=(.*)$/.exec(request.url) ?? [];
  const behaviour =
    model === 'single'
      ? failing(404, 'ResourceNotFoundException', '')
      : answering(200, { detector: detector(model, keyValue) });
  behaviour(request, response);
};

describe('detector models', () => {
  it('cost one call as summaries', async () => {
    const { ask } = await askControlPlanes(byOperation({ ListDetectorModels }));
    expect(await ask('{ detectorModels { nodes { detectorModelName description creationTime } } }')).toEqual({
      data: {
        detectorModels: {
          nodes: [{ detectorModelName: 'motor', description: 'Motors', creationTime: '1970-01-01T00:00:01.000Z' }],
        },
      },
      extensions: { upstreamCalls: 1 },
    });
  });

  it('cost one call more for each with all that its description tells', async () => {
    const { ask } = await askControlPlanes(byOperation({ ListDetectorModels, DescribeDetectorModel }));
    const { data, extensions } = await ask(
      `{ detectorModels { nodes { detectorModelVersion key evaluationMethod status lastUpdateTime inputNames stateNames definition } } }`,
    );
    expect(data).toEqual({
      detectorModels: {
        nodes: [
          {
            detectorModelVersion: '2',
            key: 'motorid',
            evaluationMethod: 'SERIAL',
            status: 'ACTIVE',
            lastUpdateTime: '1970-01-01T00:00:02.000Z',
            inputNames: ['Pressure', 'Reset'],
            stateNames: ['Normal', 'Dangerous'],
            definition: DEFINITION,
          },
        ],
      },
    });
    expect(extensions.upstreamCalls).toBe(2);
  });

  it('have their detectors, as the list of detectors has them', async () => {
    const ListDetectors = answering(200, {
      detectorSummaries: [{ ...detector('motor', 'm-1'), state: { stateName: 'Normal' } }],
    });
    const { ask, server } = await askControlPlanes(byOperation({ ListDetectorModels, ListDetectors }));
    const { data } = await ask(
      '{ detectorModels { nodes { detectors(stateName: "Normal", first: 5) { nodes { keyValue } } } } }',
    );
    expect(data).toEqual({ detectorModels: { nodes: [{ detectors: { nodes: [{ keyValue: 'm-1' }] } }] } });
    expect(server.requests[1]?.url).toBe('/detectors/motor?maxResults=5&stateName=Normal');
  });

  it('lose only the fields whose call failed', async () => {
    const { ask } = await askControlPlanes(
      byOperation({ ListDetectorModels, DescribeDetectorModel: failing(400, 'InvalidRequestException', 'No') }),
    );
    const { data, errors } = await ask('{ detectorModels { nodes { detectorModelName status inputNames } } }');
    expect(data).toEqual({
      detectorModels: { nodes: [{ detectorModelName: 'motor', status: null, inputNames: null }] },
    });
    expect(errors).toMatchObject([
      {
        path: ['detectorModels', 'nodes', 0, 'status'],
        extensions: {
          code: 'UPSTREAM_REJECTED',
          upstream: { service: 'iotevents', operation: 'DescribeDetectorModel' },
        },
      },
      { path: ['detectorModels', 'nodes', 0, 'inputNames'] },
    ]);
  });

  it('that have gone since they were listed are told as far as they are known', async () => {
    const { ask } = await askControlPlanes(
      byOperation({ ListDetectorModels, DescribeDetectorModel: failing(404, 'ResourceNotFoundException', '') }),
    );
    const { data, errors } = await ask(
      '{ detectorModels { nodes { detectorModelName status definition stateNames } } }',
    );
    expect(data).toEqual({
      detectorModels: { nodes: [{ detectorModelName: 'motor', status: null, definition: null, stateNames: null }] },
    });
    expect(errors).toBeUndefined();
    expect(await ask('{ detectorModels { nodes { detectorModelVersion } } }')).toMatchObject({
      data: { detectorModels: null },
      errors: [{ extensions: { code: 'NOT_FOUND' }, message: 'Detector model motor has gone since it was listed' }],
    });
  });

  it('are NOT_CONFIGURED where upstream has no control plane', async () => {
    const { ask } = await askControlPlanes(byOperation({}));
    expect(refusals(await ask('{ detectorModels { nodes { detectorModelName } } }'))).toMatchObject({
      detectorModels: { code: 'NOT_CONFIGURED' },
    });
  });
});

describe('Device.detectors without names', () => {
  const query = '{ device(deviceFleetName: "demo", deviceName: "d0") { detectors { detectorModelName keyValue } } }';

  it('are those of every model of the control plane, whose list is read once for all devices', async () => {
    const models = inTurn(
      answering(200, { detectorModelSummaries: [summary('motor'), summary('single')], nextToken: 'n' }),
      answering(200, { detectorModelSummaries: [summary('pump')] }),
    );
    const { ask, server } = await askControlPlanes(byOperation({ ListDetectorModels: models, DescribeDetector }));
    const { data, errors } = await ask(`{
      d0: device(deviceFleetName: "demo", deviceName: "d0") { detectors { detectorModelName keyValue } }
      d1: device(deviceFleetName: "demo", deviceName: "d1") { detectors { detectorModelName keyValue } }
    }`);
    expect(errors).toBeUndefined();
    const detectorsOf = (keyValue: string) =>
      ['motor', 'pump'].map((detectorModelName) => ({ detectorModelName, keyValue }));
    expect(data).toEqual({ d0: { detectors: detectorsOf('d0') }, d1: { detectors: detectorsOf('d1') } });
    const operations = server.requests.map(operationOf);
    expect(operations.filter((name) => name === 'ListDetectorModels')).toHaveLength(2);
    expect(operations.filter((name) => name === 'DescribeDetector')).toHaveLength(6);
  });

  it('are those of the models in the settings where there is no control plane', async () => {
    const { ask } = await askControlPlanes(byOperation({ DescribeDetector }));
    const { data } = await ask(query);
    expect(data).toEqual({ device: { detectors: [{ detectorModelName: 'motor', keyValue: 'd0' }] } });
  });

  it('are BAD_USER_INPUT where the settings name no models either', async () => {
    const { ask } = await askControlPlanes(byOperation({}), 0, { detectorModelNames: [] });
    expect(refusals(await ask(query))).toMatchObject({
      'device.detectors': { code: 'BAD_USER_INPUT', argument: 'detectorModelNames' },
    });
  });

  it('fail with the control plane’s own fault, and only they', async () => {
    const { ask } = await askControlPlanes(
      byOperation({ ListDetectorModels: failing(403, 'AccessDeniedException', ''), DescribeDetector }),
    );
    const { data, errors } = await ask(
      '{ device(deviceFleetName: "demo", deviceName: "d0") { detectors { id } detector(detectorModelName: "motor") { keyValue } } }',
    );
    expect(data).toEqual({ device: { detectors: null, detector: { keyValue: 'd0' } } });
    expect(errors).toMatchObject([{ path: ['device', 'detectors'], extensions: { code: 'UPSTREAM_FORBIDDEN' } }]);
  });
});

describe('what a definition tells', () => {
  it('are the inputs that it names, each once, wherever they stand', () => {
    expect(
      inputNamesOf({
        states: [
          { condition: '$input.A.x > 1 && $input . B.y == "$input.A.x"' },
          { actions: [{ setVariable: { value: '${$input.`my input`.x}' } }, { value: "currentInput('C')" }] },
          { condition: 'currentInput( "D" ) || triggerType("Message") || $variable.input' },
        ],
      }),
    ).toEqual(['A', 'B', 'my input', 'C', 'D']);
    expect(inputNamesOf({ states: null })).toEqual([]);
  });

  it('are its states’ names, or nothing where they cannot be read', () => {
    expect(stateNamesOf(DEFINITION)).toEqual(['Normal', 'Dangerous']);
    expect(stateNamesOf({ states: [{}] })).toBeNull();
  });
});

describe('the data plane as control plane', () => {
  it('shows its models, and a device’s detectors of all of them', async () => {
    const { ask } = await askDataplane({ detectorModelNames: [] }, { controlPlanes: true });
    await ask(`mutation { putMessages(input: { messages: [
      { inputName: "PressureInput", payload: { motorid: "d0", sensorData: { pressure: 80 } } }
    ] }) { results { ok } } }`);
    const { data, errors } = await ask<{ detectorModels: { nodes: { definition: { initialStateName: string } }[] } }>(`{
      detectorModels { nodes {
        detectorModelName detectorModelVersion key evaluationMethod status creationTime lastUpdateTime inputNames stateNames
        detectors { nodes { keyValue } }
      } }
      device(deviceFleetName: "demo", deviceName: "d0") { detectors { detectorModelName keyValue } }
    }`);
    expect(errors).toBeUndefined();
    const common = {
      detectorModelVersion: '1',
      evaluationMethod: 'BATCH',
      status: 'ACTIVE',
      creationTime: '2026-01-01T00:00:00.000Z',
      lastUpdateTime: '2026-01-01T00:00:00.000Z',
      inputNames: ['PressureInput'],
    };
    expect(data).toEqual({
      detectorModels: {
        nodes: [
          {
            detectorModelName: 'motor',
            key: 'motorid',
            stateNames: ['Normal', 'Dangerous'],
            detectors: { nodes: [{ keyValue: 'd0' }] },
            ...common,
          },
          {
            detectorModelName: 'single',
            key: null,
            stateNames: ['Seen'],
            detectors: { nodes: [{ keyValue: null }] },
            ...common,
          },
        ],
      },
      device: { detectors: [{ detectorModelName: 'motor', keyValue: 'd0' }] },
    });
    const definitions = await ask<typeof data>('{ detectorModels(first: 1) { nodes { definition } } }');
    expect(definitions.data.detectorModels.nodes[0]?.definition.initialStateName).toBe('Normal');
  });
});
