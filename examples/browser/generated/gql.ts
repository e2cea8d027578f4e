/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query DevicePage($deviceFleetName: String!, $deviceName: String!, $detectorModelName: String!) {\n    device(deviceFleetName: $deviceFleetName, deviceName: $deviceName) {\n      deviceName\n      registration {\n        isRegistered\n      }\n      deployments {\n        deploymentName\n      }\n      detector(detectorModelName: $detectorModelName) {\n        state {\n          stateName\n        }\n        lastUpdateTime\n      }\n    }\n  }\n": typeof types.DevicePageDocument,
    "\n  subscription DetectorStates($detectorModelName: String!, $after: String) {\n    detectorsChanged(detectorModelName: $detectorModelName, after: $after) {\n      cursor\n      kind\n      keyValue\n      previousStateName\n      detector {\n        state {\n          stateName\n        }\n      }\n    }\n  }\n": typeof types.DetectorStatesDocument,
};
const documents: Documents = {
    "\n  query DevicePage($deviceFleetName: String!, $deviceName: String!, $detectorModelName: String!) {\n    device(deviceFleetName: $deviceFleetName, deviceName: $deviceName) {\n      deviceName\n      registration {\n        isRegistered\n      }\n      deployments {\n        deploymentName\n      }\n      detector(detectorModelName: $detectorModelName) {\n        state {\n          stateName\n        }\n        lastUpdateTime\n      }\n    }\n  }\n": types.DevicePageDocument,
    "\n  subscription DetectorStates($detectorModelName: String!, $after: String) {\n    detectorsChanged(detectorModelName: $detectorModelName, after: $after) {\n      cursor\n      kind\n      keyValue\n      previousStateName\n      detector {\n        state {\n          stateName\n        }\n      }\n    }\n  }\n": types.DetectorStatesDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DevicePage($deviceFleetName: String!, $deviceName: String!, $detectorModelName: String!) {\n    device(deviceFleetName: $deviceFleetName, deviceName: $deviceName) {\n      deviceName\n      registration {\n        isRegistered\n      }\n      deployments {\n        deploymentName\n      }\n      detector(detectorModelName: $detectorModelName) {\n        state {\n          stateName\n        }\n        lastUpdateTime\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DevicePageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DetectorStates($detectorModelName: String!, $after: String) {\n    detectorsChanged(detectorModelName: $detectorModelName, after: $after) {\n      cursor\n      kind\n      keyValue\n      previousStateName\n      detector {\n        state {\n          stateName\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').DetectorStatesDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
