import { type Operation } from '../protocol/operation.ts';
import { type Control } from '../runtime/control.ts';
import { createDeploymentPlanOperations } from './deployment-plans.ts';
import { createDeploymentStageOperations } from './deployment-stages.ts';
import { createDeviceFleetOperations } from './device-fleets.ts';
import { createDeviceOperations } from './devices.ts';
import { createFleetReportOperations } from './fleet-report.ts';
import { createPackagingJobOperations } from './packaging-jobs.ts';

/** The operations of the sagemaker control plane for Edge Manager. Source: wire.md, section 8. */
export function createSagemakerOperations(control: Control): readonly Operation[] {
  return [
    ...createDeviceFleetOperations(control),
    ...createFleetReportOperations(control),
    ...createDeviceOperations(control),
    ...createPackagingJobOperations(control),
    ...createDeploymentPlanOperations(control),
    ...createDeploymentStageOperations(control),
  ];
}
