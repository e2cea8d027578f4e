/* global module */
/** Who may import whom. The numbers are those of the list in the README, "Map of the source". */
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    rule('1-no-cycles', {}, { circular: true }, 'A cycle has no top and no bottom.'),
    rule('2-engine-is-pure', { path: '^src/engine/' }, { pathNot: '^src/engine/' }, 'The engine imports only itself.'),
    rule(
      '3-gateway-knows-only-the-wire',
      { path: '^src/gateway/' },
      { path: '^src/(dataplane|engine)/' },
      'The two halves meet only on the wire.',
    ),
    rule(
      '3-data-plane-knows-only-the-wire',
      { path: '^src/dataplane/' },
      { path: ['^src/gateway/', '^node_modules/(graphql|@apollo|@aws-sdk)'] },
      'The two halves meet only on the wire.',
    ),
    rule(
      '4-the-ground-floor',
      { path: '^src/(security|fanout|telemetry|simulator)/|^src/clock\\.ts$' },
      { path: '^src/(gateway|dataplane|engine)/' },
      'What all three stand on, and who only speaks to them over HTTP, imports none of them.',
    ),
    rule(
      '5-domains-are-siblings',
      { path: '^src/gateway/(device|detector|alarm|message)/' },
      { path: '^src/gateway/(device|detector|alarm|message)/', pathNot: '^src/gateway/$1/' },
      'A domain reaches another through context.loaders.',
    ),
    rule(
      '6-upstream-and-loaders-are-below',
      { path: '^src/gateway/upstream/|^src/gateway/[a-z]+/loaders\\.ts$' },
      { path: '^src/gateway/(context|schema|server)\\.ts$|resolvers\\.ts$', dependencyTypesNot: ['type-only'] },
      'Loaders and upstream know nothing of who asks.',
    ),
    rule(
      '7-aws-sdk-only-in-upstream',
      { path: '^src/', pathNot: '^src/gateway/upstream/' },
      { path: '^node_modules/(@aws-sdk|@smithy)/' },
      'The AWS SDK stands behind gateway/upstream.',
    ),
    rule(
      '7-sql-only-in-store',
      { path: '^src/', pathNot: '^src/dataplane/store/' },
      { path: '^(node:)?sqlite$' },
      'SQL stands behind the store port.',
    ),
    rule(
      '7-redis-only-in-fanout',
      { path: '^src/', pathNot: '^src/fanout/' },
      { path: '^node_modules/@redis/' },
      'Redis stands behind the bus port.',
    ),
    rule(
      '8-bus-adapters-from-main',
      { path: '^src/', pathNot: '^src/main\\.ts$' },
      { path: '^src/fanout/(memory|redis)-bus\\.ts$' },
      'Only the composition root picks adapters.',
    ),
    rule(
      '8-adapters-from-main',
      { path: '^src/', pathNot: '^src/local-dataplane\\.ts$|^src/dataplane/store/' },
      { path: '^src/dataplane/store/sqlite' },
      'Only the composition root (main.ts, and local-dataplane.ts for its half) picks adapters.',
    ),
    rule(
      '9-nothing-imports-the-top',
      { path: '^src/[^/]+/', pathNot: '^src/commands/' },
      { path: '^src/[^/]+\\.ts$|^src/commands/', pathNot: '^src/clock\\.ts$' },
      'Settings are passed in.',
    ),
    rule('no-orphans', { orphan: true, pathNot: '\\.d\\.ts$' }, {}, 'Dead code is deleted.'),
    rule('no-unresolved', {}, { couldNotResolve: true }, 'Every import leads somewhere.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
