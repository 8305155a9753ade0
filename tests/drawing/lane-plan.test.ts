import { describe, expect, test } from 'vitest';
import { planLanes } from '../../src/drawing/lane-plan';

describe.each([
  [2, false, 116],
  [2, false, 179],
  [1, false, 93],
  [2, true, 84],
  [1, true, 70],
])('%i worlds, narrow: %s, %i pixels', (worlds, isNarrow, height) => {
  const { words, lanes, axis } = planLanes(worlds, isNarrow, height);
  const strips = [words, ...Object.values(lanes).flat(), axis];

  test('the strips lie below each other, on whole pixels, within the height', () => {
    for (const [index, strip] of strips.entries()) {
      expect(Number.isInteger(strip.y) && Number.isInteger(strip.height)).toBe(true);
      const next = strips[index + 1]?.y ?? height;
      expect(strip.y + strip.height).toBeLessThanOrEqual(next);
    }
  });

  test('there is a strip a world in every lane but that of the commands', () => {
    const { commands, ...others } = lanes;

    expect(commands).toHaveLength(1);
    for (const [name, found] of Object.entries(others)) {
      const isLeftOut = isNarrow && (name === 'snapshots' || name === 'verdicts');
      expect(found).toHaveLength(isLeftOut ? 0 : worlds);
    }
  });
});
