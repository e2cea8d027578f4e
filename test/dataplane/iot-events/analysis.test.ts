import {
  CreateInputCommand,
  DescribeDetectorModelAnalysisCommand,
  GetDetectorModelAnalysisResultsCommand,
  StartDetectorModelAnalysisCommand,
} from '@aws-sdk/client-iot-events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { definitionOf, inputOf, type IotEventsPlane, startIotEvents } from './start-client.ts';

let it: IotEventsPlane;
beforeEach(async () => {
  it = await startIotEvents();
  await it.client.send(new CreateInputCommand(inputOf('Sensor')));
});
afterEach(() => it.close());

async function start(detectorModelDefinition: ReturnType<typeof definitionOf>) {
  const { analysisId } = await it.client.send(new StartDetectorModelAnalysisCommand({ detectorModelDefinition }));
  return analysisId;
}
const results = async (analysisId: string | undefined, paging = {}) =>
  it.client.send(new GetDetectorModelAnalysisResultsCommand({ analysisId, ...paging }));

test('the analysis of a sound model finds nothing', async () => {
  const analysisId = await start(definitionOf('Sensor'));
  const described = await it.client.send(new DescribeDetectorModelAnalysisCommand({ analysisId }));
  expect(described.status).toBe('COMPLETE');
  expect((await results(analysisId)).analysisResults).toEqual([]);
});

test('a finding has its type, level, text and place in the definition', async () => {
  const analysisId = await start(definitionOf('Nope', '1 +'));
  const { analysisResults } = await results(analysisId);
  expect(analysisResults).toEqual([
    {
      type: 'expression-syntax',
      level: 'ERROR',
      message: expect.stringContaining("Failed to parse value '1 +'") as string,
      locations: [{ path: 'states[0].onInput.events[0].actions[0].setVariable.value' }],
    },
    {
      type: 'referenced-resource',
      level: 'ERROR',
      message: "Detector Model Definition contains reference to Input 'Nope' that does not exist.",
      locations: [{ path: 'states[0].onInput.events[0].condition' }],
    },
  ]);
  const page = await results(analysisId, { maxResults: 1 });
  expect(page.analysisResults).toEqual(analysisResults?.slice(0, 1));
  const next = await results(analysisId, { nextToken: page.nextToken });
  expect(next.analysisResults).toEqual(analysisResults?.slice(1));
  expect(next.nextToken).toBeUndefined();
});

test('results are kept for 24 hours', async () => {
  const analysisId = await start(definitionOf('Sensor'));
  it.dataplane.clock.advance(24 * 3_600_000);
  expect((await results(analysisId)).analysisResults).toEqual([]);
  it.dataplane.clock.advance(1);
  await expect(results(analysisId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await start(definitionOf('Sensor'));
  const kept = await it.dataplane.store.transact((tx) => tx.listResources('detectorModelAnalysis'));
  expect(kept).toHaveLength(1);
});
