import { expect, test } from 'vitest';
import { ContentBook } from '../../src/client/content-book';
import type { StoredRecipe } from '../../src/core/content';
import { failure, success } from '../../src/core/result';
import type { ContentPiece } from '../../src/protocol/request';

function recipe(index: number, start = 3): StoredRecipe {
  return { kind: 'stored', start, index, hash: 0 };
}

/** Content n of a start begins with the byte n; the third of each piece is damaged. */
function bookOf(pieces: ContentPiece[]): ContentBook {
  return new ContentBook((piece) => {
    pieces.push(piece);
    const bytes = new Uint8Array(64 * 16_384);
    for (let position = 0; position < 64; position += 1)
      bytes[position * 16_384] = piece.piece * 64 + position;
    return Promise.resolve(success({ bytes, damaged: [2] }));
  });
}

test('contents are found in the pieces they came in, each of which is asked for once', async () => {
  const asked: ContentPiece[] = [];
  const book = bookOf(asked);
  const found = await Promise.all([0, 1, 63, 64, 130].map((index) => book.bytesOf(recipe(index))));

  expect(found.map((one) => one.kind === 'bytes' && [one.bytes[0], one.bytes.length])).toEqual(
    [0, 1, 63, 64, false].map((first, at) => (at === 4 ? false : [first, 16_384])),
  );
  expect(found[4]).toEqual({ kind: 'damaged' });
  expect(asked.map(({ piece }) => piece)).toEqual([0, 1, 2]);
});

test('only the latest few stay', async () => {
  const asked: ContentPiece[] = [];
  const book = bookOf(asked);
  for (let piece = 0; piece < 17; piece += 1) await book.bytesOf(recipe(piece * 64));
  await book.bytesOf(recipe(16 * 64));
  await book.bytesOf(recipe(0));

  expect(asked.map(({ piece }) => piece)).toEqual([...Array.from({ length: 17 }, (_, piece) => piece), 0]);
});

test('what is missing is damaged, and what could not be read is asked for again', async () => {
  const missing = new ContentBook(() => Promise.resolve(success({ bytes: null, damaged: [] })));
  expect(await missing.bytesOf(recipe(5))).toEqual({ kind: 'damaged' });

  let asked = 0;
  const problem = { kind: 'notOpen' } as const;
  const book = new ContentBook(() => {
    asked += 1;
    return Promise.resolve(failure(problem));
  });
  expect(await book.bytesOf(recipe(5))).toEqual({ kind: 'unread', problem });
  await book.bytesOf(recipe(5));
  expect(asked).toBe(2);
});
