import { Counter, Gauge, Registry } from 'prom-client';

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
export interface MetricsPage {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Makes the page of these metrics. */
export function createMetricsPage(metrics: readonly Metric[]): MetricsPage {
  const registry = new Registry();
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
  return { contentType: registry.contentType, text: () => registry.metrics() };
}
