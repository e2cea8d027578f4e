import { type Cell } from './measure.ts';
import { cpuRatio } from './ratio.ts';
import { type VariantName, VARIANTS } from './variants.ts';

const WIDTH = 820;
const MARGIN = 20;
const LABEL_WIDTH = 240;
const FIGURE_WIDTH = 60;
const BAR_HEIGHT = 15;
const LINE_HEIGHT = 20;
const HEADER_HEIGHT = 62;
const GROUP_HEIGHT = 34;

const OURS = '#0b6e4f';
const LIMIT = '#7a7f87';
const PEERS = '#b9c4d4';

/**
 * An SVG of bars: for each group the processor time of each variant for one request, as a multiple of the gateway's. It brings its own
 * background, so that it is readable on a light page and on a dark one.
 */
export function drawChart(groups: readonly { readonly title: string; readonly cells: readonly Cell[] }[]): string {
  const bars = groups.map(({ title, cells }) => ({ title, bars: barsOf(cells) }));
  const longest = Math.max(...bars.flatMap((group) => group.bars.map(({ ratio }) => ratio)));
  const scale = (WIDTH - 2 * MARGIN - LABEL_WIDTH - FIGURE_WIDTH) / longest;
  const lines: string[] = [];
  let y = HEADER_HEIGHT;
  for (const group of bars) {
    y += GROUP_HEIGHT;
    lines.push(`<text class="group" x="${MARGIN}" y="${y - 10}">${group.title}</text>`);
    for (const { variant, ratio } of group.bars) {
      const width = Math.max(1, ratio * scale).toFixed(1);
      const x = MARGIN + LABEL_WIDTH;
      const baseline = y + BAR_HEIGHT - 3;
      lines.push(
        `<text x="${x - 10}" y="${baseline}" text-anchor="end">${VARIANTS[variant].title}</text>`,
        `<rect x="${x}" y="${y}" width="${width}" height="${BAR_HEIGHT}" rx="2" fill="${colourOf(variant)}"/>`,
        `<text x="${(x + Number(width) + 6).toFixed(1)}" y="${baseline}">${ratio.toFixed(ratio < 10 ? 2 : 1)} ×</text>`,
      );
      y += LINE_HEIGHT;
    }
  }
  const height = y + MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Processor time for one request, as a multiple of the gateway's">
<style>
text { font: 12px -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #24292f; }
.title { font-size: 16px; font-weight: 600; }
.group { font-size: 13px; font-weight: 600; }
.note { fill: #57606a; }
</style>
<rect width="${WIDTH}" height="${height}" rx="8" fill="#ffffff" stroke="#d0d7de"/>
<text class="title" x="${MARGIN}" y="32">Processor time for one request</text>
<text class="note" x="${MARGIN}" y="52">As a multiple of the gateway's own: shorter is better. Median of interleaved rounds.</text>
${lines.join('\n')}
</svg>
`;
}

function barsOf(cells: readonly Cell[]): { readonly variant: VariantName; readonly ratio: number }[] {
  const product = cells.find(({ variant }) => variant === 'product');
  return product ? cells.map((cell) => ({ variant: cell.variant, ratio: cpuRatio(cell, product).median })) : [];
}

function colourOf(variant: VariantName): string {
  if (variant === 'product') return OURS;
  return variant === 'rawProxy' ? LIMIT : PEERS;
}
