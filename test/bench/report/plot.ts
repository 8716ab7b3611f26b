/** Draws lines over two axes as an SVG that is readable on light and dark pages. It is no general charting library. */

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
  /** Horizontal lines with their names: budgets, limits of a plan. */
  readonly limits?: readonly { readonly name: string; readonly y: number }[];
}

const [WIDTH, HEIGHT] = [720, 380];
const FRAME = { left: 64, right: 16, top: 56, bottom: 48 };
const TICKS = 5;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #333 }
  .title { font-weight: 600; font-size: 14px }
  .grid { stroke: #ddd } .limit { stroke: #c33; stroke-dasharray: 6 4 } text.limit { fill: #c33; stroke: none }
  .s { fill: none; stroke-width: 1.6 } .s0 { stroke: #2563eb } .s1 { stroke: #d97706 } .s2 { stroke: #059669 } .s3 { stroke: #7c3aed }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } .grid { stroke: #444 } }`;

export function drawPlot({ title, x, y, series, limits = [] }: Plot): string {
  const points = series.flatMap((line) => line.points);
  const right = niceCeiling(Math.max(...points.map(([at]) => at)));
  const top = niceCeiling(Math.max(...points.map(([, value]) => value), ...limits.map((limit) => limit.y)));
  const across = (at: number) => round(FRAME.left + (at / right) * (WIDTH - FRAME.left - FRAME.right));
  const up = (value: number) => round(HEIGHT - FRAME.bottom - (value / top) * (HEIGHT - FRAME.top - FRAME.bottom));
  const lines: string[] = [];
  for (let tick = 0; tick <= TICKS; tick++) {
    const [value, at] = [(top * tick) / TICKS, (right * tick) / TICKS];
    lines.push(`<path class="grid" d="M${FRAME.left} ${up(value)}H${WIDTH - FRAME.right}"/>`);
    lines.push(text(FRAME.left - 8, up(value) + 4, format(value), 'end'));
    lines.push(text(across(at), HEIGHT - FRAME.bottom + 18, format(at), 'middle'));
  }
  for (const limit of limits) {
    lines.push(`<path class="limit" d="M${FRAME.left} ${up(limit.y)}H${WIDTH - FRAME.right}"/>`);
    lines.push(text(WIDTH - FRAME.right, up(limit.y) - 5, limit.name, 'end', 'limit'));
  }
  series.forEach((line, index) => {
    const path = line.points.map(([at, value]) => `${across(at)} ${up(value)}`).join('L');
    lines.push(`<path class="s s${index}" d="M${path}"/>`);
    const left = FRAME.left + index * 210;
    lines.push(`<path class="s s${index}" d="M${left} 38h18"/>`, text(left + 24, 42, line.name, 'start'));
  });
  lines.push(text(FRAME.left, 20, title, 'start', 'title'), text(WIDTH - FRAME.right, HEIGHT - 8, x, 'end'));
  lines.push(text(8, 20, y, 'start'));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
<title>${escape(title)}</title>
<style>${STYLE}
</style>
${lines.join('\n')}
</svg>
`;
}

/** The number of `times` in each interval, as a rate per second: the points of a series. */
export function ratePerSecond(times: readonly number[], untilMs: number, binMs: number): [number, number][] {
  const counts = new Array<number>(Math.ceil(untilMs / binMs)).fill(0);
  for (const time of times) {
    const bin = Math.floor(time / binMs);
    if (bin >= 0 && bin < counts.length) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, bin) => [((bin + 0.5) * binMs) / 1_000, (count * 1_000) / binMs]);
}

function niceCeiling(value: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(value || 1));
  return ([1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * magnitude >= value) ?? 10) * magnitude;
}

function text(x: number, y: number, content: string, anchor: string, kind = ''): string {
  const styled = kind && ` class="${kind}"`;
  return `<text x="${x}" y="${y}" text-anchor="${anchor}"${styled}>${escape(content)}</text>`;
}

function format(value: number): string {
  return value >= 10_000 ? `${round(value / 1_000)}k` : String(round(value));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
