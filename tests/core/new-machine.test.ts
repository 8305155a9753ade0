import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type MachineSettings } from '../../src/core/machine';
import { largestDiffArea, settingsOfSize } from '../../src/core/new-machine';
import { checkSettings } from '../../src/core/settings';

test('the diff area grows in whole steps within its maximum, or within the diff volume', () => {
  const largest = (change: Partial<MachineSettings>): number =>
    largestDiffArea({ ...DEFAULT_SETTINGS, ...change });

  expect(largest({})).toBe(32);
  expect(largest({ maximumBlocks: null })).toBe(64);
  expect(largest({ maximumBlocks: 31 })).toBe(24);
  expect(largest({ maximumBlocks: 15 })).toBe(8);
  expect(largest({ initialBlocks: 3, growthStepBlocks: 1, maximumBlocks: 7 })).toBe(7);
});

test('a volume of another size has the diff area of the default machine, in proportion', () => {
  expect(settingsOfSize(64)).toEqual(DEFAULT_SETTINGS);
  expect(settingsOfSize(1_048_576)).toMatchObject({
    diffVolumeBlocks: 1_048_576,
    initialBlocks: 131_072,
    maximumBlocks: 524_288,
    growthStepBlocks: 131_072,
  });
  for (const blockCount of [16, 17, 100, 65_536, 1_048_576]) {
    expect(checkSettings(settingsOfSize(blockCount))).toEqual([]);
  }
});
