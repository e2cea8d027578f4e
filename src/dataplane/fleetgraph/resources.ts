import { exportResources } from '../export/export-resources.ts';
import { loadResources } from '../load/load-files.ts';
import { readResourceFile } from '../load/read-files.ts';
import { ANY, defineOperation, type Operation } from '../protocol/operation.ts';
import { boolean, list, string, structure } from '../protocol/shape.ts';
import { type Control } from '../runtime/control.ts';
import { fleetgraph } from './service.ts';

/**
 * `POST /fleetgraph/load` with `{"files":[{"file":"motor.json","text":"{...}"}],"dryRun":false}` answers the report of the load;
 * `GET /fleetgraph/export` answers `{"files":[{"path":"inputs/Motor.json","request":{...}}]}`.
 */
export function createResourceOperations(control: Control): readonly Operation[] {
  return [
    defineOperation({
      service: fleetgraph,
      name: 'LoadResources',
      method: 'POST',
      path: '/fleetgraph/load',
      status: 200,
      input: structure({ files: list(structure({ file: string({}) }, { text: string({}) })) }, { dryRun: boolean }),
      resources: () => ANY,
      handle: ({ files, dryRun }) => loadResources(control, files.map(readResourceFile), { dryRun: dryRun === true }),
    }),
    defineOperation({
      service: fleetgraph,
      name: 'ExportResources',
      method: 'GET',
      path: '/fleetgraph/export',
      status: 200,
      input: structure({}),
      resources: () => ANY,
      handle: async () => ({ files: await exportResources(control) }),
    }),
  ];
}
