import { type Clock } from '../../clock.ts';
import { type DeploymentRow, type Store } from '../store/store.ts';

/** What settles a deployment, out of a SendHeartbeat request. */
interface Heartbeat {
  readonly DeploymentResult?: {
    readonly DeploymentName?: string | null;
    readonly DeploymentStatus?: string | null;
    readonly DeploymentStatusMessage?: string | null;
    readonly DeploymentModels?: readonly { readonly Status?: string | null }[] | null;
  } | null;
}

/** Makes the operations of devices. [ASSUMED W5] Source: wire.md, section 5. */
export function createDevices({ store, clock }: { readonly store: Store; readonly clock: Clock }) {
  return {
    getDevice: (deviceFleetName: string, deviceName: string) =>
      store.transact((tx) => tx.getDevice(deviceFleetName, deviceName)),
    sendHeartbeat: (deviceFleetName: string, deviceName: string, request: string) =>
      store.transact(async (tx): Promise<'ok' | 'unknown-device'> => {
        if ((await tx.getDevice(deviceFleetName, deviceName)) === null) return 'unknown-device';
        await tx.putHeartbeat({ deviceFleetName, deviceName, request, receivedAtMs: clock.nowMs() });
        const { DeploymentResult: result } = JSON.parse(request) as Heartbeat;
        if (typeof result?.DeploymentName !== 'string') return 'ok';
        const deployment = await tx.getDeployment(deviceFleetName, deviceName, result.DeploymentName);
        if (deployment?.status !== 'PENDING') return 'ok';
        const statusMessage = result.DeploymentStatusMessage ?? null;
        await tx.putDeployment({ ...deployment, status: outcomeOf(result), statusMessage });
        return 'ok';
      }),
    listPendingDeployments: (deviceFleetName: string, deviceName: string) =>
      store.transact((tx) => tx.listPendingDeployments(deviceFleetName, deviceName)),
  };
}

/** Source: wire.md, 9.12. */
function outcomeOf(result: NonNullable<Heartbeat['DeploymentResult']>): DeploymentRow['status'] {
  const hasFailed =
    /^(fail|error)/i.test(result.DeploymentStatus ?? '') ||
    result.DeploymentModels?.some(({ Status }) => Status === 'FAIL') === true;
  return hasFailed ? 'FAILED' : 'DEPLOYED';
}
