import { createClient } from 'graphql-ws';
import { graphql } from './generated/gql.ts';
import {
  type DetectorStatesSubscription,
  type DetectorStatesSubscriptionVariables,
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

/** What the subscriptions of all transports ask for. */
export const detectorStates = graphql(`
  subscription DetectorStates($detectorModelName: String!, $after: String) {
    detectorsChanged(detectorModelName: $detectorModelName, after: $after) {
      cursor
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

/** Hears of one detector: its state at first, and then each change. After a `GAP` the states of all are told anew. */
export type OnChange = (change: DetectorStatesSubscription['detectorsChanged']) => void;

/**
 * Calls `onChange` with the state of every detector of a model, then with every change, until the result is called. Over a
 * WebSocket; when that breaks, it goes on where it was.
 */
export function watchDetectors(endpoint: string, detectorModelName: string, onChange: OnChange): () => void {
  const client = createClient({ url: endpoint.replace(/^http/, 'ws'), retryAttempts: Infinity });
  const variables: DetectorStatesSubscriptionVariables = { detectorModelName };
  const query = detectorStates.toString();
  const stop = client.subscribe<DetectorStatesSubscription>({ query, variables }, keepingCursor(variables, onChange));
  return () => {
    stop();
    void client.dispose();
  };
}

/** What a client is to do with events. It writes `variables` anew each time it connects, so that it goes on after the last event. */
export function keepingCursor(variables: DetectorStatesSubscriptionVariables, onChange: OnChange) {
  return {
    next({ data }: { readonly data?: DetectorStatesSubscription | null }) {
      if (!data) return;
      variables.after = data.detectorsChanged.cursor;
      onChange(data.detectorsChanged);
    },
    error(error: unknown) {
      console.error('The subscription has ended', error);
    },
    complete: () => undefined,
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
