/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What an event of a subscription tells. */
export type ChangeKind =
  /** New since the poll before. */
  | 'CREATED'
  /** Gone since the poll before. */
  | 'DELETED'
  /** Events after the cursor given in `after` are no longer known; the present state follows as SNAPSHOT. */
  | 'GAP'
  /** The state when the subscription began. */
  | 'SNAPSHOT'
  /** A new lastUpdateTime or other content. Also an object that was deleted and made anew between two polls, or that enters or leaves the state asked for. */
  | 'UPDATED';

export type DevicePageQueryVariables = Exact<{
  deviceFleetName: string;
  deviceName: string;
  detectorModelName: string;
}>;


export type DevicePageQuery = { device: { deviceName: string, registration: { isRegistered: boolean } | null, deployments: Array<{ deploymentName: string }> | null, detector: { lastUpdateTime: string, state: { stateName: string } } | null } };

export type DetectorStatesSubscriptionVariables = Exact<{
  detectorModelName: string;
  after?: string | null | undefined;
}>;


export type DetectorStatesSubscription = { detectorsChanged: { cursor: string, kind: ChangeKind, keyValue: string | null, previousStateName: string | null, detector: { state: { stateName: string } } | null } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const DevicePageDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<DevicePageQuery, DevicePageQueryVariables>;
export const DetectorStatesDocument = new TypedDocumentString(`
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
    `) as unknown as TypedDocumentString<DetectorStatesSubscription, DetectorStatesSubscriptionVariables>;