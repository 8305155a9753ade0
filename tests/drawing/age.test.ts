import { expect, test } from 'vitest';
import { ageShade, ageSteps } from '../../src/drawing/age';

test('the latest write is 0, the oldest there can be is 1, and half the digits lie halfway', () => {
  expect(ageShade(1, 100)).toBe(0);
  expect(ageShade(10, 100)).toBeCloseTo(0.5);
  expect(ageShade(100, 100)).toBe(1);
});

test('the only write there is is the latest', () => {
  expect(ageShade(1, 1)).toBe(0);
});

test('the steps of the legend go from the latest to the oldest, each once', () => {
  expect(ageSteps(1000, 4)).toEqual([1, 10, 100, 1000]);
  expect(ageSteps(2, 6)).toEqual([1, 2]);
  expect(ageSteps(1, 6)).toEqual([1]);
});
