import { BLOCK_SIZE_BYTES } from './block';
import { fillRandom, randomAt } from './random';

/**
 * The bytes of a block are real but events do not carry them: they carry a *stamp*, the number of the block write that
 * made the bytes, 0 for a block that was never written. From the stamp the log finds the command, from the command
 * this recipe, and from the recipe the bytes, at any moment of the history.
 */
export type Content =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'pattern'; readonly seed: number };

/** How to make the bytes of a block. */
export type MadeRecipe =
  { readonly kind: 'zeros' } | (Content & { readonly stamp: number; readonly label: string });

/** Bytes that no command made: they lie in the store, as content number `index` of start `start`. */
export interface StoredRecipe {
  readonly kind: 'stored';
  readonly start: number;
  readonly index: number;
  /** What `hashOfBytes` gives for them. */
  readonly hash: number;
}

export type Recipe = MadeRecipe | StoredRecipe;

export const ZEROS_STAMP = 0;

/** UTF-8, through the language's own encoder of addresses: the core has no TextEncoder. Lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const escaped = encodeURIComponent(text.toWellFormed());
  const bytes = new Uint8Array(escaped.length);
  let length = 0;
  for (let at = 0; at < escaped.length; at += 1) {
    const isEscape = escaped[at] === '%';
    bytes[length] = isEscape ? parseInt(escaped.slice(at + 1, at + 3), 16) : escaped.charCodeAt(at);
    length += 1;
    if (isEscape) at += 2;
  }
  return bytes.slice(0, length);
}

export function contentSizeBytes(content: Content): number {
  return content.kind === 'text' ? encodeUtf8(content.text).length : BLOCK_SIZE_BYTES;
}

/** The bytes of a whole block (16,384): a text is padded with zeros, a pattern begins with a readable label. */
export function renderContent(recipe: MadeRecipe): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(BLOCK_SIZE_BYTES);
  renderInto(bytes, recipe);
  return bytes;
}

/** The same into the bytes of a block that are zeros, and begin on a whole word of their buffer. */
export function renderInto(bytes: Uint8Array<ArrayBuffer>, recipe: MadeRecipe): void {
  if (recipe.kind === 'zeros') return;
  if (recipe.kind === 'text') {
    bytes.set(encodeUtf8(recipe.text).subarray(0, BLOCK_SIZE_BYTES));
    return;
  }
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / Uint32Array.BYTES_PER_ELEMENT);
  fillRandom(words, recipe.seed ^ recipe.stamp);
  bytes.set(encodeUtf8(`${recipe.label}\n`));
}

/** An unsigned 32-bit number of the bytes of a block (a whole number of words). Nothing but zeros gives 0. */
export function hashOfBytes(bytes: Uint8Array<ArrayBuffer>): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let isBlank = true;
  let hash = 0;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    isBlank &&= word === 0;
    hash = randomAt(hash ^ word, index);
  }
  return isBlank ? 0 : hash;
}
