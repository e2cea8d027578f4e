import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // The graphql that Node gives Apollo: Vite would load the package's other build, and `instanceof` would fail across the two.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Some start the whole program several times, also on a machine that is busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: more workers than that only make the timing-sensitive suites wait for each other.
    maxWorkers: 2,
    // To load everything anew for each file took a third of the time. No test changes what modules share.
    isolate: false,
  },
});
