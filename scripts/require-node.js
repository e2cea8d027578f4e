// Runs on any Node, before a script that runs the TypeScript sources: says what is wrong where Node would not.
import process from 'node:process';

const needed = [22, 18]; // the first that runs TypeScript without a flag
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `Running the sources needs Node ${needed.join('.')} or newer (24 is best), but this is Node ${process.versions.node}.\n` +
      'On Linux (x64, arm64) "npm ci" brings its own Node 24, unless optional dependencies are left out.\n',
  );
  process.exitCode = 1;
}
