import { describe, expect, it } from 'vitest';
import { HRESULTS, type HResultName } from '../../src/core/catalogue/hresult';
import { adviceOfRefusal, resultText, sentenceOfRefusal } from '../../src/words/refusals';
import { ALL_REFUSALS } from './samples';

describe('the words of every refusal', () => {
  it.each(ALL_REFUSALS.map((refusal) => [refusal.code, refusal] as const))('%s: %o', (_, refusal) => {
    const sentence = sentenceOfRefusal(refusal);
    const advice = adviceOfRefusal(refusal);
    for (const text of advice === null ? [sentence] : [sentence, advice]) {
      expect(text).toMatch(/^\S.*\.$/);
      expect(text).not.toMatch(/undefined|NaN|null|\[object/);
      expect(text.length, text).toBeLessThanOrEqual(110);
    }
    for (const [key, value] of Object.entries(refusal)) {
      if (key === 'blockCount') expect(sentence).toContain(`0 to ${Number(value) - 1}`);
      else if (typeof value === 'number' && key !== 'eventId') expect(sentence).toContain(String(value));
    }
  });
});

it('says where the end of the volume is', () => {
  expect(sentenceOfRefusal({ code: 'blockOutsideVolume', block: 64, blockCount: 64 })).toBe(
    'Block 64 is outside the volume: its blocks are 0 to 63.',
  );
  expect(adviceOfRefusal({ code: 'contentTooLong', sizeBytes: 16_385, limitBytes: 16_384 })).toBe(
    'Shorten it by 1 byte.',
  );
  expect(adviceOfRefusal({ code: 'durationInvalid', durationMs: 0 })).toContain('up to 168 h');
});

it.each(Object.keys(HRESULTS) as HResultName[])('prints %s with its value', (name) => {
  expect(resultText(name)).toMatch(new RegExp(`^${name} \\(0x[0-9A-F]{8}\\)$`));
});
