#!/usr/bin/env node
// The start guard: this file imports nothing and uses nothing that an old Node does not know, so that it can say so.
const needed = [22, 13] as const; // the first with node:sqlite and without a flag for it
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > needed[0] || (major === needed[0] && minor >= needed[1])) {
  // Under the bursts of one query V8 takes what waits for upstream as long-lived and allocates it, and all that it refers to, in its old
  // space for ever after: a page of 50 devices then took up to twice the processor time.
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--no-allocation-site-pretenuring');
  const { run } = await import('./command.ts');
  await run(process.argv.slice(2));
} else {
  console.error(
    `fleetgraph needs Node ${needed.join('.')} or newer (24 is best), but this is Node ${process.versions.node}. ` +
      'On Linux "npm ci && npm start" in a checkout brings its own Node 24.',
  );
  process.exitCode = 1;
}
