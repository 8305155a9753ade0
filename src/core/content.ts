import { BLOCK_SIZE_BYTES } from './block';
import { randomAt } from './random';

/**
 * The bytes of a block are real but events do not carry them: they carry a *stamp*, the number of the block write that
 * made the bytes, 0 for a block that was never written. From the stamp the log finds the command, from the command
 * this recipe, and from the recipe the bytes, at any moment of the history.
 */
export type Content =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'pattern'; readonly seed: number };

export type Recipe =
  { readonly kind: 'zeros' } | (Content & { readonly stamp: number; readonly label: string });

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
export function renderContent(recipe: Recipe): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(BLOCK_SIZE_BYTES);
  if (recipe.kind === 'zeros') return bytes;
  if (recipe.kind === 'text') {
    bytes.set(encodeUtf8(recipe.text).subarray(0, BLOCK_SIZE_BYTES));
    return bytes;
  }
  const words = new Uint32Array(bytes.buffer);
  for (let index = 0; index < words.length; index += 1) {
    words[index] = randomAt(recipe.seed ^ recipe.stamp, index);
  }
  bytes.set(encodeUtf8(`${recipe.label}\n`));
  return bytes;
}
