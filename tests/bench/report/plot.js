/** The plot of a run, drawn with the product's own scales: how much faster than others, and how far from every bound. */
import { scaleLog } from 'd3';
import { median } from './numbers.js';
import { grouped } from './rows.js';

/**
 * @typedef {import('./results.js').Results} Results
 * @typedef {import('./rows.js').Comparison} Comparison
 * @typedef {import('./rows.js').Row} Row
 *
 * @typedef {object} Line a row of a panel
 * @property {string} label
 * @property {string} detail what the numbers were
 * @property {number} middle
 * @property {readonly number[]} points
 * @property {number | null} aside another way to do it, marked by a diamond
 * @property {number | null} bound
 *
 * @typedef {object} Panel
 * @property {string} title
 * @property {string} subtitle
 * @property {readonly Line[]} lines
 * @property {readonly number[]} ticks
 * @property {(tick: number) => string} tickLabel
 */

const WIDTH = 1120;
const LEFT = 530;
const RIGHT = 172;
const LINE = 42;
const HEAD = 92;
const FOOT = 26;
const TOP = 16;

const STYLE = `
  .paper { fill: #ffffff }
  text { font: 14px system-ui, sans-serif; fill: #1d2530; stroke: #ffffff; stroke-width: 4px; paint-order: stroke }
  .title { font-size: 19px; font-weight: 650 }
  .quiet, .tick { fill: #56606e; font-size: 12.5px }
  .value { font-weight: 650 }
  .value.out { fill: #a1350f }
  .grid { stroke: #dfe4ea }
  .even { stroke: #8b95a3; stroke-dasharray: 2 4 }
  .bound { stroke: #1d2530; stroke-width: 2.5 }
  .reach { stroke: #00735480; stroke-width: 3 }
  .run { fill: #007354; fill-opacity: 0.45 }
  .middle { fill: #007354 }
  .aside { fill: none; stroke: #56606e; stroke-width: 1.75 }
  .out.reach { stroke: #a1350f80 }
  .out.run, .out.middle { fill: #a1350f }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #12161c }
    text { fill: #e6eaf0; stroke: #12161c }
    .quiet, .tick { fill: #a3adba }
    .value.out { fill: #ff9d70 }
    .grid { stroke: #2b333d }
    .even { stroke: #7c8795 }
    .bound { stroke: #e6eaf0 }
    .reach { stroke: #4cc9a080 }
    .run, .middle { fill: #4cc9a0 }
    .aside { stroke: #a3adba }
    .out.reach { stroke: #ff9d7080 }
    .out.run, .out.middle { fill: #ff9d70 }
  }
`;

/** @param {Results} results */
export function plotOf({ machine, rows, comparisons }) {
  const panels = [panelOfComparisons(comparisons), panelOfBounds(rows)].filter(
    ({ lines }) => lines.length > 0,
  );
  const heights = panels.map(({ lines }) => HEAD + lines.length * LINE + FOOT);
  const height = TOP + heights.reduce((sum, each) => sum + each, 0) + 34;
  const drawn = panels.map((panel, at) => {
    const top = TOP + heights.slice(0, at).reduce((sum, each) => sum + each, 0);
    return `<g transform="translate(0 ${top})">${drawPanel(panel)}</g>`;
  });
  const load = `load average ${machine.loadBefore.toFixed(0)} to ${machine.loadAfter.toFixed(0)}`;
  const where = `Chromium ${machine.chromium}, ${machine.cores} shared cores, ${load}, ${machine.day}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">Shadow Copy Lab: results of the benchmark</title>
<desc id="desc">${escaped(panels.map(inWords).join(' '))}</desc>
<style>${STYLE}</style>
<rect class="paper" width="${WIDTH}" height="${height}"/>
${drawn.join('\n')}
<text class="quiet" x="24" y="${height - 16}">${escaped(where)}. Small dots: single runs; large dot: the median; diamond: asked for all writes in a burst.</text>
</svg>
`;
}

/**
 * @param {readonly Comparison[]} comparisons
 * @returns {Panel}
 */
function panelOfComparisons(comparisons) {
  return {
    title: 'Persisted copy-on-write: how many times as fast as others',
    subtitle:
      'Blocks of 16 KiB a second through the whole engine, one write at a time, over those of the other one in the same run.',
    lines: comparisons.map(({ title, atLeast, blocksPerSecond, ratios, burstRatio }) => ({
      label: title,
      detail: `${grouped(Math.round(median(blocksPerSecond)))} blocks/s`,
      middle: median(ratios),
      points: ratios,
      aside: burstRatio,
      bound: atLeast,
    })),
    ticks: [0.25, 0.5, 1, 2, 4, 8, 16, 32],
    tickLabel: (tick) => (tick < 1 ? `1/${1 / tick}×` : `${tick}×`),
  };
}

/**
 * @param {readonly Row[]} rows
 * @returns {Panel}
 */
function panelOfBounds(rows) {
  return {
    title: 'Everything that has a bound: how many times better than it',
    subtitle:
      'Right of the line it is kept. From the worst to the best, the dot is the median; what is beyond the scale lies on its edge.',
    lines: rows.flatMap(({ what, measured, bound, margin }) => {
      if (margin === null || what.startsWith('its ratio')) return [];
      return {
        label: what,
        detail: `${measured}, ${bound}`,
        middle: margin.median,
        points: [margin.worst, margin.best],
        aside: null,
        bound: 1,
      };
    }),
    ticks: [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64],
    tickLabel: (tick) => (tick === 1 ? 'bound' : tick < 1 ? `1/${1 / tick}` : `${tick}×`),
  };
}

/** @param {Panel} panel */
function drawPanel({ title, subtitle, lines, ticks, tickLabel }) {
  const [first = 1, last = 1] = [ticks[0], ticks.at(-1)];
  const x = scaleLog()
    .domain([first, last])
    .range([LEFT, WIDTH - RIGHT])
    .clamp(true);
  const bottom = HEAD + lines.length * LINE;
  const grid = ticks.map((tick) => {
    const at = x(tick).toFixed(1);
    const kind = tick === 1 ? 'even' : 'grid';
    return (
      `<line class="${kind}" x1="${at}" x2="${at}" y1="${HEAD - 8}" y2="${bottom}"/>` +
      `<text class="tick" x="${at}" y="${HEAD - 14}" text-anchor="middle">${tickLabel(tick)}</text>`
    );
  });
  const drawn = lines.map((line, at) => drawLine(line, x, HEAD + (at + 0.5) * LINE));
  return [
    `<text class="title" x="24" y="28">${escaped(title)}</text>`,
    `<text class="quiet" x="24" y="50">${escaped(subtitle)}</text>`,
    ...grid,
    ...drawn,
  ].join('\n');
}

/**
 * @param {Line} line
 * @param {(value: number) => number} x
 * @param {number} y
 */
function drawLine({ label, detail, middle, points, aside, bound }, x, y) {
  const isOut = bound !== null && middle < bound;
  const kind = isOut ? ' out' : '';
  const places = points.map(x);
  const from = Math.min(...places);
  const to = Math.max(...places);
  const said = `${times(middle)}${isOut ? ', missed' : ''}`;
  const beside = aside === null ? '' : `in a burst ${times(aside)}`;
  return [
    `<text x="24" y="${y - 2}">${escaped(label)}</text>`,
    `<text class="quiet" x="24" y="${y + 15}">${escaped(detail)}</text>`,
    `<line class="reach${kind}" x1="${px(from)}" x2="${px(to)}" y1="${y}" y2="${y}"/>`,
    bound === null ? '' : drawBound(bound, x(bound), Math.min(from, x(bound)), y),
    ...places.map((at) => `<circle class="run${kind}" cx="${px(at)}" cy="${y}" r="3.5"/>`),
    aside === null ? '' : drawDiamond(x(aside), y),
    `<circle class="middle${kind}" cx="${px(x(middle))}" cy="${y}" r="6"/>`,
    `<text class="value${kind}" x="${WIDTH - RIGHT + 40}" y="${beside === '' ? y + 5 : y - 2}">${said}</text>`,
    `<text class="quiet" x="${WIDTH - RIGHT + 40}" y="${y + 15}">${beside}</text>`,
  ].join('');
}

/**
 * @param {number} bound
 * @param {number} at
 * @param {number} left where its name may end
 * @param {number} y
 */
function drawBound(bound, at, left, y) {
  const name = bound === 1 ? '' : `at least ${times(bound)}`;
  return (
    `<line class="bound" x1="${px(at)}" x2="${px(at)}" y1="${y - 13}" y2="${y + 13}"/>` +
    `<text class="quiet" x="${px(left - 10)}" y="${y + 5}" text-anchor="end">${name}</text>`
  );
}

/**
 * @param {number} at
 * @param {number} y
 */
function drawDiamond(at, y) {
  return `<path class="aside" d="M${px(at - 6)} ${y}l6 -6l6 6l-6 6Z"/>`;
}

/** @param {number} value */
function px(value) {
  return value.toFixed(1);
}

/** @param {number} ratio */
function times(ratio) {
  if (Number.isInteger(ratio) || ratio === 0.5) return `${ratio}×`;
  if (ratio >= 100) return `${grouped(Math.round(ratio))}×`;
  return `${ratio.toFixed(ratio < 1 ? 2 : 1)}×`;
}

/** @param {Panel} panel */
function inWords({ title, lines }) {
  const told = lines.map(({ label, detail, middle, bound }) => {
    const limit = bound === null || bound === 1 ? '' : `, bound ${bound}`;
    return `${label} (${detail}): ${middle.toFixed(1)}${limit}`;
  });
  return `${title}: ${told.join('; ')}.`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
