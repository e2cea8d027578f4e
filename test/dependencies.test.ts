import { expect, test } from 'vitest';
import { findDependencyFaults } from '../scripts/check-dependencies.ts';

const good = { version: '1.0.0', integrity: 'sha512-x', license: 'MIT' };

test('a package without integrity, under an unlisted licence or with an install script fails the check', () => {
  const packages = {
    '': {},
    'node_modules/good': good,
    'node_modules/bare': { version: '1.0.0', license: 'MIT' },
    'node_modules/weak': { ...good, integrity: 'sha1-x' },
    'node_modules/copyleft': { ...good, license: 'AGPL-3.0-only' },
    'node_modules/a/node_modules/@b/runs': { ...good, hasInstallScript: true },
  };
  expect(findDependencyFaults(packages)).toEqual([
    'bare 1.0.0: expected an integrity of sha512, got none',
    'weak 1.0.0: expected an integrity of sha512, got sha1-x',
    'copyleft 1.0.0: expected a licence of scripts/check-dependencies.ts, got AGPL-3.0-only',
    '@b/runs 1.0.0: expected no install script but those that scripts/check-dependencies.ts names, got one',
  ]);
});

test('an install script that was read is allowed at the version that was read', () => {
  const at = (version: string) => ({
    'node_modules/@apollo/protobufjs': { ...good, version, hasInstallScript: true },
  });
  expect(findDependencyFaults(at('1.2.8'))).toEqual([]);
  expect(findDependencyFaults(at('1.2.9'))).toHaveLength(1);
});
