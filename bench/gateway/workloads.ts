import { DETECTOR_MODEL_NAMES, deviceNameOf, FLEET_NAME } from './fleet.ts';

/** A GraphQL request as it is posted. */
export interface GraphqlRequest {
  readonly operationName: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What is asked: the requests, one after the other and from the first again. */
export interface Workload {
  readonly title: string;
  readonly requests: readonly GraphqlRequest[];
}

const STATE_FIELDS = /* GraphQL */ `
  fragment StateFields on DetectorState {
    stateName
    variables {
      name
      value
    }
    timers {
      name
      timestamp
    }
  }
`;

/** Everything that is known of a detector. */
export const DETECTOR_FIELDS = /* GraphQL */ `
  fragment DetectorFields on Detector {
    detectorModelName
    keyValue
    detectorModelVersion
    state {
      ...StateFields
    }
    creationTime
    lastUpdateTime
  }
  ${STATE_FIELDS}
`;

const DETECTOR = /* GraphQL */ `
  query OneDetector($detectorModelName: String!, $keyValue: String!) {
    detector(detectorModelName: $detectorModelName, keyValue: $keyValue) {
      ...DetectorFields
    }
  }
  ${DETECTOR_FIELDS}
`;

const DEVICE_FIELDS = /* GraphQL */ `
  fragment DeviceFields on Device {
    deviceName
    registration {
      deviceRegistration
      isRegistered
      cacheTtlSeconds
    }
    deployments {
      deploymentName
      failureHandlingPolicy
      definitions {
        modelHandle
        s3Url
        checksum {
          type
          sum
        }
        state
      }
    }
    detectors(detectorModelNames: $detectorModelNames) {
      detectorModelName
      state {
        ...StateFields
      }
      lastUpdateTime
    }
  }
  ${STATE_FIELDS}
`;

const DEVICE_PAGE = /* GraphQL */ `
  query DevicePage($ids: [ID!]!, $detectorModelNames: [String!]!) {
    nodes(ids: $ids) {
      ...DeviceFields
    }
  }
  ${DEVICE_FIELDS}
`;

const LIST = /* GraphQL */ `
  query DetectorList($detectorModelName: String!, $first: Int!) {
    detectors(detectorModelName: $detectorModelName, first: $first) {
      nodes {
        detectorModelName
        keyValue
        detectorModelVersion
        state {
          stateName
        }
        creationTime
        lastUpdateTime
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`;

const UPDATE = /* GraphQL */ `
  mutation UpdateDetectors($input: UpdateDetectorsInput!) {
    updateDetectors(input: $input) {
      results {
        id
        ok
        error {
          code
          message
        }
      }
    }
  }
`;

const DASHBOARD = /* GraphQL */ `
  query Dashboard($ids: [ID!]!, $detectorModelName: String!, $keyValue: String!) {
    nodes(ids: $ids) {
      ... on Device {
        deviceName
        registration {
          isRegistered
        }
        deployments {
          deploymentName
        }
      }
    }
    detectors(detectorModelName: $detectorModelName, first: 50) {
      nodes {
        keyValue
        state {
          stateName
        }
        lastUpdateTime
      }
      pageInfo {
        hasNextPage
      }
    }
    selected: detector(detectorModelName: $detectorModelName, keyValue: $keyValue) {
      state {
        ...StateFields
      }
    }
    title: detector(detectorModelName: $detectorModelName, keyValue: $keyValue) {
      keyValue
      state {
        stateName
      }
    }
  }
  ${STATE_FIELDS}
`;

/** Detectors that are asked for one by one, so many that requests under way at a time are for different ones. */
const DETECTORS = 1000;
/** For the same reason: so many lists. */
const LISTS = 100;
const DASHBOARD_DEVICES = 10;

/** All workloads, by name. */
export const WORKLOADS = {
  oneDetector: {
    title: 'One detector',
    requests: range(DETECTORS).map((index) => oneDetector(DETECTOR_MODEL_NAMES[0], deviceNameOf(index))),
  },
  devicePage: { title: 'Device page', requests: [devicePage(range(50))] },
  devicePages: {
    title: '20 device pages',
    requests: range(20).map((page) => devicePage(range(50).map((index) => 50 * page + index))),
  },
  list: {
    title: 'List of 250',
    requests: range(LISTS).map((index) => detectorList(`model-${index}`)),
  },
  dashboard: {
    title: 'Dashboard',
    requests: range(LISTS).map((index) => ({
      operationName: 'Dashboard',
      query: DASHBOARD,
      variables: {
        ids: range(DASHBOARD_DEVICES).map((device) => deviceId(DASHBOARD_DEVICES * index + device)),
        detectorModelName: `model-${index}`,
        keyValue: deviceNameOf(index),
      },
    })),
  },
  update: {
    title: 'Update',
    requests: range(DETECTORS).map((index) => ({
      operationName: 'UpdateDetectors',
      query: UPDATE,
      variables: { input: { detectors: [updateOf(index)] } },
    })),
  },
} as const satisfies Record<string, Workload>;

export type WorkloadName = keyof typeof WORKLOADS;

/** Detectors of 100 devices, each asked for by itself, with no more than a list tells. Only the gateway is asked this. */
export const SUMMARIES: GraphqlRequest = {
  operationName: 'Summaries',
  query: /* GraphQL */ `
    query Summaries($ids: [ID!]!, $detectorModelName: String!) {
      nodes(ids: $ids) {
        ... on Device {
          detector(detectorModelName: $detectorModelName) {
            keyValue
            state {
              stateName
            }
          }
        }
      }
    }
  `,
  variables: { ids: range(100).map(deviceId), detectorModelName: DETECTOR_MODEL_NAMES[0] },
};

/** One detector with everything that is known of it. */
export function oneDetector(detectorModelName: string, keyValue: string): GraphqlRequest {
  return { operationName: 'OneDetector', query: DETECTOR, variables: { detectorModelName, keyValue } };
}

/** The first 250 detectors of a model. */
export function detectorList(detectorModelName: string): GraphqlRequest {
  return { operationName: 'DetectorList', query: LIST, variables: { detectorModelName, first: 250 } };
}

/** The device page for the devices of these numbers. */
export function devicePage(devices: readonly number[]): GraphqlRequest {
  return {
    operationName: 'DevicePage',
    query: DEVICE_PAGE,
    variables: { ids: devices.map(deviceId), detectorModelNames: DETECTOR_MODEL_NAMES },
  };
}

/** The id that the contract's `Device.id` has. */
function deviceId(index: number): string {
  return Buffer.from(JSON.stringify(['Device', FLEET_NAME, deviceNameOf(index)])).toString('base64url');
}

function updateOf(index: number) {
  return {
    messageId: `update-${index}`,
    detectorModelName: DETECTOR_MODEL_NAMES[0],
    keyValue: deviceNameOf(index),
    state: {
      stateName: 'Normal',
      variables: [
        { name: 'temperatureCelsius', value: '61.25' },
        { name: 'isMaintained', value: 'true' },
      ],
      timers: [{ name: 'silence', seconds: 3600 }],
    },
  };
}

/** The numbers from 0, so many. */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
