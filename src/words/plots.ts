import type { WorldId } from '../core/scenario';
import { counted, WORLD_NAMES } from './phrase';

/** The choice of what the faces of the blocks show. */
export const LENS_WORDS = {
  choice: 'Blocks show',
  choices: { number: 'Write number', fingerprint: 'Bytes', age: 'Age' },
  meanings: {
    number: 'the number of the write that made them',
    fingerprint: 'a figure made from their bytes: equal bytes, equal figure',
    age: 'how long ago they were written',
  },
  ageScale: 'Writes ago:',
  equalBytes: 'Equal bytes, equal figure.',
} as const;

interface ReadingFacts {
  readonly used: number;
  readonly allocated: number;
  readonly limit: number;
  readonly failed: number;
  readonly copies: number | null;
  readonly latency: number | null;
  readonly latencyMax: number | null;
}

type Plot = 'area' | 'copies' | 'latency' | 'failed';

/** Made once: to make one takes longer than to print a hundred numbers. */
const AMOUNTS = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

const LARGE_AMOUNTS = new Intl.NumberFormat('en', { notation: 'compact' });

/** 1,234.5: two decimals at most. */
function amount(value: number): string {
  return AMOUNTS.format(value);
}

function latencyOf({ latency, latencyMax }: ReadingFacts): string {
  if (latency === null || latencyMax === null) return 'no completed write';
  return latency === latencyMax
    ? `${amount(latency)} ms`
    : `${amount(latency)} ms on average, ${amount(latencyMax)} ms at most`;
}

/** The plots over time: their titles with the units, and every value as text. */
export const PLOT_WORDS = {
  title: 'Over time',
  axis: 'By step; as on the timeline, long quiet spans are drawn closer together. Point at one to mark the step everywhere; click to go there.',
  titles: {
    area: 'Diff area, blocks',
    copies: 'Copies per write, blocks',
    latency: 'Latency per write, virtual ms',
    failed: 'Failed I/O so far, requests',
  },
  lines: {
    used: 'used',
    allocated: 'allocated',
    limit: 'limit',
    copies: '',
    latency: 'mean',
    latencyMax: 'max',
    failed: '',
  },
  worlds: { off: 'off', on: 'on' },
  both: 'both',
  amount,
  /** At the axis there is room for five signs: 25,000, but 100K. */
  tick: (value: number) => (value < 100_000 ? amount(value) : LARGE_AMOUNTS.format(value)),
  step: (position: number) => `Step ${amount(position)}`,
  steps: (from: number, to: number) => `${amount(from + 1)}–${amount(to)}`,
  table: 'As a table',
  columnSteps: 'Steps',
  /** What a plot says at one step, or a table of a stretch of them. */
  values: {
    area: ({ used, allocated, limit }) => `${amount(used)} of ${amount(allocated)}, limit ${amount(limit)}`,
    copies: ({ copies }) => (copies === null ? 'no write' : amount(copies)),
    latency: latencyOf,
    failed: ({ failed }) => amount(failed),
  } satisfies Readonly<Record<Plot, (reading: ReadingFacts) => string>>,
  /** Of one world: how the history ends, what its writes did together, and the highest value of the plot. */
  summaries: {
    area: ({ used, allocated, limit }, peak) =>
      `${amount(used)} of ${amount(allocated)} allocated blocks are used at the end, ${amount(peak)} at most, with a limit of ${amount(limit)}`,
    copies: ({ copies }, peak) =>
      copies === null
        ? 'nothing is written'
        : `${amount(copies)} copies per write on average, ${amount(peak)} at most`,
    latency: (reading) =>
      reading.latency === null ? 'no write is completed' : `a write takes ${latencyOf(reading)}`,
    failed: ({ failed }) =>
      failed === 0 ? 'no request fails' : `${counted(failed, 'request')} failed by the end`,
  } satisfies Readonly<Record<Plot, (reading: ReadingFacts, peak: number) => string>>,
  /** "Protection off: .... Protection on: ....". */
  sentence: (parts: readonly { readonly world: WorldId; readonly text: string }[]) =>
    parts.map(({ world, text }) => `${WORLD_NAMES[world]}: ${text}.`).join(' '),
} as const;
