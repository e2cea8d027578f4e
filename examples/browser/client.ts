import { createClient } from 'graphql-ws';
import { graphql } from './generated/gql.ts';
import {
  type DetectorStatesSubscription,
  type DevicePageQuery,
  type TypedDocumentString,
} from './generated/graphql.ts';

const devicePage = graphql(`
  query DevicePage($deviceFleetName: String!, $deviceName: String!, $detectorModelName: String!) {
    device(deviceFleetName: $deviceFleetName, deviceName: $deviceName) {
      deviceName
      registration {
        isRegistered
      }
      deployments {
        deploymentName
      }
      detector(detectorModelName: $detectorModelName) {
        state {
          stateName
        }
        lastUpdateTime
      }
    }
  }
`);

const detectorStates = graphql(`
  subscription DetectorStates($detectorModelName: String!) {
    detectorsChanged(detectorModelName: $detectorModelName) {
      kind
      keyValue
      previousStateName
      detector {
        state {
          stateName
        }
      }
    }
  }
`);

/** One device with its detector of a model. Rejects with the first error of the answer. */
export async function loadDevice(
  endpoint: string,
  variables: { deviceFleetName: string; deviceName: string; detectorModelName: string },
): Promise<DevicePageQuery['device']> {
  return (await query(endpoint, devicePage, variables)).device;
}

/** Calls `onChange` with the state of every detector of a model, then with every change, until the result is called. */
export function watchDetectors(
  endpoint: string,
  detectorModelName: string,
  onChange: (change: DetectorStatesSubscription['detectorsChanged']) => void,
): () => void {
  const client = createClient({ url: endpoint.replace(/^http/, 'ws') });
  const stop = client.subscribe<DetectorStatesSubscription>(
    { query: detectorStates.toString(), variables: { detectorModelName } },
    {
      next: ({ data }) => {
        if (data) onChange(data.detectorsChanged);
      },
      error: (error) => {
        console.error('The subscription has ended', error);
      },
      complete: () => undefined,
    },
  );
  return () => {
    stop();
    void client.dispose();
  };
}

async function query<Result, Variables>(
  endpoint: string,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const answer = (await response.json()) as { data?: Result | null; errors?: { message: string }[] };
  if (answer.errors?.[0]) throw new Error(answer.errors[0].message);
  if (!answer.data) throw new Error(`Expected data, got HTTP ${response.status}`);
  return answer.data;
}
