import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readCommandLine, UsageError } from './command-line.ts';
import { helpText } from './help.ts';
import type { Program } from './main.ts';
import { environment, SERVICES, type Command, type Service, type Settings } from './settings.ts';
import { createLog } from './telemetry/log.ts';

/** After a stop signal the process is gone within this, whatever hangs. */
const STOP_TIMEOUT_MS = 9500;
/** Ctrl-C under npm arrives twice: from the terminal and from npm. */
const SAME_KEY_PRESS_MS = 500;

/**
 * Runs the command line `args` (without node and script), a service until it is told to stop, and ends the process: with 0
 * when stopped or done, 1 when it could not start or failed, 2 for wrong usage.
 */
export async function run(args: readonly string[]): Promise<void> {
  try {
    const invocation = readCommandLine(args, environment, process.stderr.isTTY);
    if (invocation.kind === 'help') process.stdout.write(helpText(invocation.command));
    else if (invocation.kind === 'version') process.stdout.write(`${version()}\n`);
    else if (isService(invocation.command)) process.exit(await runService(invocation.command, invocation.settings));
    else process.exitCode = await runTool(invocation.command, invocation.operands, invocation.settings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\nSee "fleetgraph --help".\n`);
    process.exitCode = 2;
  }
}

function isService(command: Command): command is Service {
  return SERVICES.some((service) => service === command);
}

async function runTool(
  command: Exclude<Command, Service>,
  operands: readonly string[],
  settings: Settings,
): Promise<0 | 1> {
  // Whoever reads the output may have seen enough: `fleetgraph test-model ... | head`.
  process.stdout.on('error', () => process.exit(1));
  try {
    switch (command) {
      case 'test-model':
        return await (await import('./commands/test-model.ts')).testModel(operands, settings);
      case 'load':
        return await (await import('./commands/load.ts')).load(operands, settings);
      case 'export':
        return await (await import('./commands/export.ts')).exportTo(operands, settings);
      case 'keys':
        return await (await import('./commands/keys.ts')).keys(operands, settings);
      case 'backup':
        return (await import('./commands/backup.ts')).backup(operands, settings);
      case 'restore':
        return (await import('./commands/restore.ts')).restoreFrom(operands, settings);
      case 'dead-letters':
        return await (await import('./commands/dead-letters.ts')).deadLetters(operands, settings);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    process.stderr.write(`fleetgraph ${command}: ${(error as Error).message}\n`);
    return 1;
  }
}

async function runService(command: Service, settings: Settings): Promise<0 | 1> {
  const log = createLog({ level: settings.logLevel, format: settings.logFormat });
  // Before anything listens: as a container's first process Node would ignore a signal without a handler.
  const stopSignal = waitForStopSignal();
  let program: Program;
  try {
    // Only here: help and wrong usage are answered without reading Apollo and the SDK.
    const { startProgram } = await import('./main.ts');
    program = await startProgram(command, settings, log);
  } catch (error) {
    process.stderr.write(`fleetgraph could not start: ${describeStartError(error as Error)}\n`);
    log.debug({ err: error }, 'could not start');
    return 1;
  }
  process.stdout.write(welcome(program, settings));
  const end = await Promise.race([stopSignal, program.failure]);
  if (end instanceof Error) {
    log.fatal({ err: end }, 'a part of the program has failed');
    return 1;
  }
  log.info({ signal: end }, 'stopping');
  const overdue = setTimeout(() => {
    log.error('stopping takes too long: giving up what is still in flight');
    process.exit(1);
  }, STOP_TIMEOUT_MS);
  await program.close();
  clearTimeout(overdue);
  log.info('stopped');
  return 0;
}

/** The first SIGTERM or SIGINT; a later one ends the process at once. */
function waitForStopSignal(): Promise<NodeJS.Signals> {
  return new Promise((settle) => {
    let firstAtMs: number | null = null;
    const onSignal = (signal: NodeJS.Signals) => {
      firstAtMs ??= performance.now();
      if (performance.now() - firstAtMs > SAME_KEY_PRESS_MS) process.exit(1);
      settle(signal);
    };
    process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  });
}

function describeStartError({ message }: Error): string {
  const isPortTaken = message.includes('EADDRINUSE');
  return isPortTaken ? `${message}. Choose another port with --port or --dataplane-port` : message;
}

function welcome({ gatewayUrl, dataplane }: Program, settings: Settings): string {
  const lines = [`fleetgraph ${version()}`, ''];
  if (gatewayUrl !== null) lines.push(`  GraphQL${settings.landingPage ? ' and Sandbox' : ''}:  ${gatewayUrl}`);
  if (dataplane !== null) {
    const { created, updated, unchanged, notes } = dataplane.loaded;
    lines.push(
      `  Data plane:  ${dataplane.url}`,
      `  Data directory:  ${resolve(settings.data)}`,
      `  Loaded:  ${created.length} new, ${updated.length} changed, ${unchanged.length} as they were`,
      ...notes.map((note) => `  Note:  ${note}`),
    );
  }
  if (gatewayUrl !== null && settings.simulate) {
    const query = '{ detectors(detectorModelName: \\"motorPressure\\") { nodes { keyValue state { stateName } } } }';
    lines.push(
      '',
      'A first query:',
      `  curl ${gatewayUrl} -H 'content-type: application/json' -d '{"query":"${query}"}'`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
