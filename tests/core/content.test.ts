import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_SIZE_BYTES } from '../../src/core/block';
import { contentSizeBytes, encodeUtf8, renderContent } from '../../src/core/content';

const decoder = new TextDecoder();

describe('encodeUtf8', () => {
  it.each([
    ['', []],
    ['A%', [0x41, 0x25]],
    ['ä', [0xc3, 0xa4]],
    ['€', [0xe2, 0x82, 0xac]],
    ['😀', [0xf0, 0x9f, 0x98, 0x80]],
    ['\0', [0]],
    // A lone surrogate has no encoding: it becomes U+FFFD.
    ['\ud83d', [0xef, 0xbf, 0xbd]],
    ['a\ude00b', [0x61, 0xef, 0xbf, 0xbd, 0x62]],
  ])('%j', (text, bytes) => {
    expect([...encodeUtf8(text)]).toEqual(bytes);
  });

  it('does what TextEncoder does', () => {
    const encoder = new TextEncoder();
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), wildStrings());
    fc.assert(
      fc.property(texts, (text) => {
        expect([...encodeUtf8(text)]).toEqual([...encoder.encode(text)]);
      }),
    );
  });
});

/** Any code units, surrogates without their other half included. */
function wildStrings(): fc.Arbitrary<string> {
  return fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
}

describe('the size of a content', () => {
  it('is counted in bytes, not in characters', () => {
    expect(contentSizeBytes({ kind: 'text', text: 'x'.repeat(16_384) })).toBe(16_384);
    expect(contentSizeBytes({ kind: 'text', text: '😀'.repeat(4_097) })).toBe(16_388);
  });

  it('of a pattern is a whole block', () => {
    expect(contentSizeBytes({ kind: 'pattern', seed: 1 })).toBe(16_384);
  });
});

describe('the bytes of a block', () => {
  it('are zeros when it was never written', () => {
    expect(renderContent({ kind: 'zeros' })).toEqual(new Uint8Array(16_384));
  });

  it('are the text, then zeros', () => {
    const bytes = renderContent({ kind: 'text', text: 'Größe 😀', stamp: 1, label: '' });
    expect(bytes).toHaveLength(BLOCK_SIZE_BYTES);
    expect(decoder.decode(bytes.subarray(0, 12))).toBe('Größe 😀');
    expect(bytes.subarray(12).every((byte) => byte === 0)).toBe(true);
  });

  it('are all of a text that fills the block', () => {
    const bytes = renderContent({ kind: 'text', text: 'é'.repeat(8_192), stamp: 1, label: '' });
    expect(decoder.decode(bytes)).toBe('é'.repeat(8_192));
  });

  it('of a pattern begin with its label, and are the same for the same seed and stamp only', () => {
    const pattern = (seed: number, stamp: number): Uint8Array =>
      renderContent({ kind: 'pattern', seed, stamp, label: 'Block 7' });
    expect(decoder.decode(pattern(1, 1).subarray(0, 8))).toBe('Block 7\n');
    expect(pattern(1, 1)).toEqual(pattern(1, 1));
    expect(pattern(1, 1)).not.toEqual(pattern(1, 2));
    expect(pattern(1, 1)).not.toEqual(pattern(2, 1));
  });
});
