/** The fleet that the mock upstream answers for, and what it answers: AWS's JSON, of the size that real answers have. */
export const FLEET_NAME = 'plant-7';
export const DETECTOR_MODEL_NAMES = ['BearingTemperature', 'MotorVibration'] as const;

/** The model whose detectors change every second. */
export const LIVE_MODEL_NAME = 'LiveMotor';

const EPOCH_SECONDS = 1_764_000_000.125;
const CHECKSUM = '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12';

/** The name of a device, and by the default key template the keyValue of its detectors. */
export function deviceNameOf(index: number): string {
  return `edge-device-${String(index).padStart(5, '0')}`;
}

/** DescribeDetector: 5 variables and a timer. */
export function detectorAnswer(detectorModelName: string, keyValue: string): object {
  return {
    detector: {
      detectorModelName,
      keyValue,
      detectorModelVersion: '3',
      state: {
        stateName: 'Normal',
        variables: [
          { name: 'pressureThresholdBreached', value: '3' },
          { name: 'temperatureCelsius', value: '61.25' },
          { name: 'lastMessageFrom', value: '"line-4/press-2"' },
          { name: 'isMaintained', value: 'true' },
          { name: 'samples', value: '18211' },
        ],
        timers: [{ name: 'silence', timestamp: EPOCH_SECONDS + 3600 }],
      },
      creationTime: EPOCH_SECONDS - 86_400,
      lastUpdateTime: lastUpdateTime(detectorModelName),
    },
  };
}

function lastUpdateTime(detectorModelName: string): number {
  return detectorModelName === LIVE_MODEL_NAME ? Math.floor(Date.now() / 1000) : EPOCH_SECONDS;
}

/** ListDetectors: the first `count` devices' detectors of a model, and none after them. */
export function detectorListAnswer(detectorModelName: string, count: number): object {
  const detectorSummaries = Array.from({ length: count }, (_, index) => ({
    detectorModelName,
    keyValue: deviceNameOf(index),
    detectorModelVersion: '3',
    state: { stateName: 'Normal' },
    creationTime: EPOCH_SECONDS - 86_400,
    lastUpdateTime: lastUpdateTime(detectorModelName),
  }));
  return { detectorSummaries };
}

/** GetDeviceRegistration. */
export function registrationAnswer(): object {
  return { DeviceRegistration: 'Registered', CacheTTL: '3600' };
}

/** GetDeployments: one deployment of two models. */
export function deploymentsAnswer(deviceName: string): object {
  const definition = (modelHandle: string, State: string) => ({
    ModelHandle: modelHandle,
    S3Url: `s3://plant-7-models/${modelHandle}/${deviceName}/model-1.4.tar.gz`,
    Checksum: { Type: 'SHA1', Sum: CHECKSUM },
    State,
  });
  return {
    Deployments: [
      {
        DeploymentName: 'rollout-2026-11',
        Type: 'Model',
        FailureHandlingPolicy: 'ROLLBACK_ON_FAILURE',
        Definitions: [definition('bearing-wear', 'DEPLOY'), definition('bearing-wear-old', 'UNDEPLOY')],
      },
    ],
  };
}

/** BatchUpdateDetector: every entry was applied. */
export function updateAnswer(): object {
  return { batchUpdateDetectorErrorEntries: [] };
}
