/**
 * A start that somebody wrote on purpose: its fingerprint fits, whatever else is wrong. If it is believed at all, then
 * its machines go on like any other, and every content on them is told.
 */
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { checkMachine } from '../../src/core/invariants';
import { checkSettings, SMALLEST_KEPT_VOLUME } from '../../src/core/settings';
import { startAtEnd } from '../../src/core/start';
import { holdStart, parseStart } from '../../src/formats/kept-start';
import { actOn, historyOf, laboratoriesOf } from '../core/laboratories';

// The files of a worker share their modules: this one has its own.
vi.hoisted(() => vi.resetModules());
vi.mock('../../src/core/fingerprint', () => ({ fingerprint: () => 7 }));
afterAll(() => {
  vi.doUnmock('../../src/core/fingerprint');
  vi.resetModules();
});

const RUNS = 600;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a place may be replaced by: mostly something like what was there. */
function replaced(value: Json, choice: number, number: number): Json {
  if (typeof value === 'number')
    return [value + 1, Math.max(0, value - 1), number, number % 40, 0][choice % 5]!;
  if (typeof value === 'boolean') return !value;
  if (value === null) return number % 50;
  if (typeof value === 'string') return replacedText(value, choice, number);
  if (Array.isArray(value)) {
    return choice % 2 === 0 ? value.slice(1) : [...value, ...value.slice(0, 1)];
  }
  return value;
}

const WORDS = ['online', 'offlineByAdministrator', 'offlineForProtection', 'SNAPSHOT', 'ORIGINAL_VOLUME'];

function replacedText(text: string, choice: number, number: number): string {
  if (choice % 4 === 0) return WORDS[number % WORDS.length]!;
  const at = text.length === 0 ? 0 : number % text.length;
  const digit = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26]!;
  return text.slice(0, at) + digit + text.slice(at + 1);
}

function placesIn(value: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => placesIn(part, [...path, key]))];
}

function changedAt(value: Json, path: readonly string[], change: (part: Json) => Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (typeof value !== 'object' || value === null) return value;
  const part = changedAt((value as { [key: string]: Json })[key]!, rest, change);
  return Array.isArray(value) ? value.with(Number(key), part) : { ...value, [key]: part };
}

const changes = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(70_000)), { minLength: 1, maxLength: 3 });

test('a start that is believed is one that can be gone on from', () => {
  let believed = 0;
  fc.assert(
    fc.property(laboratoriesOf(24), laboratoriesOf(12), changes, (laboratory, { commands }, spoilt) => {
      const { scenario } = laboratory;
      fc.pre(checkSettings(scenario.settings, SMALLEST_KEPT_VOLUME).length === 0);
      const history = historyOf(scenario, laboratory.commands);
      let kept = JSON.parse(JSON.stringify(holdStart(startAtEnd(history, 5), scenario).kept)) as Json;
      for (const [place, choice, number] of spoilt) {
        const places = placesIn(kept);
        const path = places[place % places.length]!;
        kept = changedAt(kept, path, (part) => replaced(part, choice, number));
      }
      const parsed = parseStart(kept);
      if (!parsed.ok) return;
      believed += 1;
      const { start, scenario: own } = parsed.value;
      const begun = historyOf({ ...own, start }, []);
      for (const command of commands) {
        actOn(begun, command);
        for (const machine of begun.machines) expect(checkMachine(machine)).toEqual([]);
      }
      for (const [world, { live, diffContents }] of begun.machines.entries()) {
        for (const table of [live, diffContents]) {
          for (let index = 0; index < table.length; index += 1) {
            expect(begun.recipeOf(world, table.get(index))).toHaveProperty('kind');
          }
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(believed).toBeGreaterThan(RUNS / 10);
});
