// Fails if package-lock.json has what nobody looked at: `npm run check:dependencies`.
import { readFileSync } from 'node:fs';

/** A package as package-lock.json has it, by its place in node_modules; the project itself is at "". */
export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
}

/** Licences that code under Apache-2.0 may be distributed or built with. MPL-2.0 and CC-BY-4.0: what it covers stays as it is. */
const LICENCES = new Set([
  '(MIT AND BSD-3-Clause)',
  '(MIT OR Apache-2.0)',
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
]);

/** Packages that may run a script when they are installed, each at the version that was read, and why. */
const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  // Of @apollo/server, through the usage reporting that is turned off. The script only warns about version ranges.
  '@apollo/protobufjs': '1.2.8',
};

/** What is wrong with the packages of a lock file, a sentence for each; none: nothing. */
export function findDependencyFaults(packages: Readonly<Record<string, LockedPackage>>): readonly string[] {
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .flatMap(([place, locked]) => {
      const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return faultsOf(name, locked).map((fault) => `${name} ${locked.version ?? 'without a version'}: ${fault}`);
    });
}

function faultsOf(name: string, { version, integrity, license, hasInstallScript }: LockedPackage): readonly string[] {
  const faults: string[] = [];
  if (integrity?.startsWith('sha512-') !== true)
    faults.push(`expected an integrity of sha512, got ${integrity ?? 'none'}`);
  if (license === undefined || !LICENCES.has(license)) {
    faults.push(`expected a licence of scripts/check-dependencies.ts, got ${license ?? 'none'}`);
  }
  if (hasInstallScript === true && INSTALL_SCRIPTS[name] !== version) {
    faults.push('expected no install script but those that scripts/check-dependencies.ts names, got one');
  }
  return faults;
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const faults = findDependencyFaults(lock.packages);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else
    console.log(
      `${Object.keys(lock.packages).length - 1} packages: integrity, licences and install scripts are as expected`,
    );
}
