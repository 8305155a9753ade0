import { expect, test } from 'vitest';
import { hexRows } from '../../../src/view/inspector/hex';

test('a row shows bytes as hex and as text, with dots for what is no ASCII', () => {
  const bytes = new Uint8Array([0x4d, 0x6f, 0x6e, 0x00, 0xff, 0x7e]);

  expect(hexRows(bytes, 0, 6, 4)).toEqual([
    { offset: 0, hex: '4d 6f 6e 00', text: 'Mon·', repeats: 0 },
    { offset: 4, hex: 'ff 7e', text: '·~', repeats: 0 },
  ]);
});

test('rows that repeat the one above are counted with it', () => {
  const bytes = new Uint8Array(32);
  bytes[24] = 1;

  expect(hexRows(bytes, 0, 32, 8).map(({ offset, repeats }) => [offset, repeats])).toEqual([
    [0, 2],
    [24, 0],
  ]);
});

test('only the bytes asked for are shown', () => {
  const bytes = new Uint8Array([1, 2, 3, 4, 5, 6]);

  expect(hexRows(bytes, 2, 5, 4)).toEqual([{ offset: 2, hex: '03 04 05', text: '···', repeats: 0 }]);
});
