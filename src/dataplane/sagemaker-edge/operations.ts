import { AwsError } from '../protocol/errors.ts';
import { defineOperation, type Operation, type Service } from '../protocol/operation.ts';
import { type Infer, structure } from '../protocol/shape.ts';
import { type Runtime } from '../runtime/runtime.ts';
import { deviceName, heartbeat } from './shapes.ts';

/** sagemaker-edge, API version 2020-09-23. Source: wire.md, sections 1 and 3. */
const sagemakerEdge: Service = {
  name: 'sagemaker-edge',
  signingName: 'sagemaker',
  actionPrefix: 'sagemaker',
  validationError: 'ValidationException', // [ASSUMED W3]
  fault: 'InternalServiceException',
  hasUpperCaseMessage: true,
  contentType: 'application/json',
};

/** How long a device may keep the answer of GetDeviceRegistration. [ASSUMED W5] */
const REGISTRATION_TTL_SECONDS = 3600;

const device = structure({ DeviceName: deviceName, DeviceFleetName: deviceName });

const resources = ({ DeviceFleetName, DeviceName }: Infer<typeof device>) => [
  `device-fleet/${DeviceFleetName}/device/${DeviceName}`,
];

/** The three operations of sagemaker-edge. [ASSUMED W5] Source: wire.md, section 5. */
export function createSagemakerEdgeOperations(runtime: Runtime): readonly Operation[] {
  const post = { service: sagemakerEdge, method: 'POST', status: 200 } as const;
  return [
    defineOperation({
      ...post,
      name: 'GetDeviceRegistration',
      path: '/GetDeviceRegistration',
      input: device,
      resources,
      async handle({ DeviceFleetName, DeviceName }) {
        const registered = (await runtime.getDevice(DeviceFleetName, DeviceName)) !== null;
        return {
          DeviceRegistration: registered ? 'Registered' : 'NotRegistered',
          CacheTTL: String(REGISTRATION_TTL_SECONDS),
        };
      },
    }),
    defineOperation({
      ...post,
      name: 'GetDeployments',
      path: '/GetDeployments',
      input: device,
      resources,
      async handle({ DeviceFleetName, DeviceName }) {
        const pending = await runtime.listPendingDeployments(DeviceFleetName, DeviceName);
        return { Deployments: pending.map(({ definition }) => JSON.parse(definition) as unknown) };
      },
    }),
    defineOperation({
      ...post,
      name: 'SendHeartbeat',
      path: '/SendHeartbeat',
      input: heartbeat,
      resources,
      async handle({ DeviceFleetName, DeviceName }, body) {
        const outcome = await runtime.sendHeartbeat(DeviceFleetName, DeviceName, body);
        if (outcome === 'ok') return null;
        const message = `Device ${DeviceName} is not registered in device fleet ${DeviceFleetName}`;
        throw new AwsError('ValidationException', message);
      },
    }),
  ];
}
