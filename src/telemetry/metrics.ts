import type { Registry } from 'prom-client';

/** What is counted elsewhere, read when somebody asks. A counter only grows. */
export interface Metric {
  readonly type: 'counter' | 'gauge';
  readonly name: string;
  readonly help: string;
  /** The name of its one label, if it has a value for each of several; absent: it has one value. */
  readonly label?: string;
  /** The values by label; one without a label stands under the empty text. */
  readonly read: () => ReadonlyMap<string, number>;
}

/** All metrics as Prometheus reads them. Source: Prometheus, Exposition formats, text-based format. */
export type MetricsPage = () => Promise<{ readonly contentType: string; readonly text: string }>;

/** Makes the page of these metrics. */
export function createMetricsPage(metrics: readonly Metric[]): MetricsPage {
  let making: Promise<Registry> | null = null;
  return async () => {
    const registry = await (making ??= createRegistry(metrics));
    return { contentType: registry.contentType, text: await registry.metrics() };
  };
}

async function createRegistry(metrics: readonly Metric[]): Promise<Registry> {
  // When first asked for: most programs are never asked, and all would start later for it.
  const { Counter, Gauge, Registry: MetricRegistry } = await import('prom-client');
  const registry = new MetricRegistry();
  for (const { type, name, help, label, read } of metrics) {
    const config = { name, help, labelNames: label === undefined ? [] : [label], registers: [registry] };
    const labelsOf = (value: string) => (label === undefined ? {} : { [label]: value });
    if (type === 'gauge') {
      new Gauge({
        ...config,
        collect() {
          this.reset();
          for (const [under, value] of read()) this.set(labelsOf(under), value);
        },
      });
    } else {
      new Counter({
        ...config,
        collect() {
          this.reset();
          for (const [under, value] of read()) this.inc(labelsOf(under), value);
        },
      });
    }
  }
  return registry;
}
