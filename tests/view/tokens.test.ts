import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, distance, VISIONS } from './colour';

const CSS = readFileSync(new URL('../../src/view/tokens.css', import.meta.url), 'utf8');

/** Every `--name: light-dark(#..., #...)` of the tokens. */
const TOKENS = new Map(
  [...CSS.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }],
  ),
);

function token(name: string, theme: 'light' | 'dark'): string {
  const value = TOKENS.get(name);
  if (value === undefined) throw new Error(`No colour token --${name}`);
  return value[theme];
}

const TEXT_ON_SURFACE = [
  ['ink', 'paper'],
  ['ink', 'surface'],
  ['ink-quiet', 'paper'],
  ['ink-quiet', 'surface'],
  ['block-ink', 'block'],
  ['new', 'paper'],
  ['old', 'paper'],
  ['fault', 'paper'],
  ['broken', 'paper'],
  ['old', 'old-fill'],
  ['fault', 'fault-fill'],
  ['broken', 'broken-fill'],
  ['ink', 'new-fill'],
  ['ink', 'old-fill'],
  ['ink', 'fault-fill'],
  ['ink', 'broken-fill'],
  ['paper', 'fault'],
  ['paper', 'old'],
] as const;

const OUTLINES = ['new', 'old', 'fault', 'broken', 'rule-strong', 'focus'] as const;

const OUTCOMES = ['new', 'old', 'fault', 'broken'] as const;
const PAIRS = OUTCOMES.flatMap((first, index) =>
  OUTCOMES.slice(index + 1).map((second) => [first, second] as const),
);

describe.each(['light', 'dark'] as const)('colours in the %s theme', (theme) => {
  it.each(TEXT_ON_SURFACE)('text: %s on %s has a contrast of 4.5 or more', (text, surface) => {
    expect(contrast(token(text, theme), token(surface, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(OUTLINES)('outline: %s stands out from paper by 3 or more', (name) => {
    expect(contrast(token(name, theme), token('paper', theme))).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(VISIONS) as (keyof typeof VISIONS)[])('outcomes stay apart under %s', (vision) => {
    const distances = PAIRS.map(([first, second]) => ({
      pair: `${first} and ${second}`,
      distance: distance(token(first, theme), token(second, theme), vision),
    }));
    expect(distances.filter((pair) => pair.distance < 0.06)).toEqual([]);
  });
});

it('finds the colour tokens in the style sheet', () => {
  expect(TOKENS.size).toBe(17);
});
