import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { README_PATH, withReadmeSection } from '../../scripts/readme-section.ts';
import { drawChart } from './chart.ts';
import { renderReport, renderSummary, type Report, summaryCells } from './report.ts';

const root = new URL('../../', import.meta.url);

/**
 * Writes what a run found to bench/results, as JSON and as Markdown: `quick` or `latest`. A full run is also the README's: its chart, docs/bench.svg, and
 * its section between the two marks. Rejects if the marks are not there.
 */
export async function publish(report: Report): Promise<void> {
  const results = new URL('bench/results/', root);
  const name = report.quick ? 'quick' : 'latest';
  await mkdir(results, { recursive: true });
  await writeFile(new URL(`${name}.json`, results), `${JSON.stringify(report, roundNumber)}\n`);
  await writeFile(new URL(`${name}.md`, results), renderReport(report));
  if (report.quick) return;
  await writeFile(new URL('docs/bench.svg', root), drawChart(summaryCells(report.cells)));
  const readme = await readFile(README_PATH, 'utf8');
  await writeFile(README_PATH, await withReadmeSection(readme, 'speed', renderSummary(report)));
}

/** Six digits tell all that there is to tell. */
function roundNumber(_name: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}
