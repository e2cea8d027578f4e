/** A server that answers the workloads, as a program of its own. */
export interface Variant {
  readonly title: string;
  readonly args: readonly string[];
}

const peer = (title: string, file: string, ...args: readonly string[]): Variant => ({
  title,
  args: [`bench/gateway/peers/${file}`, ...args],
});

/** All variants, by name: the product, the limit, and what a team would otherwise use. */
export const VARIANTS = {
  product: { title: 'fleetgraph gateway', args: ['dist/cli.js', 'gateway', '--port', '0', '--log-level', 'warn'] },
  rawProxy: { title: 'raw proxy (no GraphQL)', args: ['bench/gateway/raw-proxy.ts'] },
  apollo: peer('Apollo + DataLoader + AWS SDK', 'apollo.js'),
  yoga: peer('Yoga + DataLoader + AWS SDK', 'yoga.js'),
  mercurius: peer('mercurius, jit + the lean upstream', 'mercurius.js'),
  hive: peer('Hive Gateway over OpenAPI', 'hive.js'),
  apolloNaive: peer('Apollo + AWS SDK', 'apollo.js', 'naive'),
} as const satisfies Record<string, Variant>;

export type VariantName = keyof typeof VARIANTS;
