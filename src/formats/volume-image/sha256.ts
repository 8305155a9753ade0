import { sha256 } from '@noble/hashes/sha2.js';

/** SHA-256 of bytes that come piece by piece: the browser's own digest wants them all at once. */
export class Sha256 {
  readonly #hash = sha256.create();

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes);
  }

  /** 32 bytes. Nothing can be added any more. */
  finish(): Uint8Array {
    return this.#hash.digest();
  }
}

/** SHA-256 of a few bytes. */
export function sha256Of(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
}

export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
