import type { FileKind } from './file-kind';
import type { Recognition } from './trace/recognise';

/** What a file is, by what its beginning says; its name is not asked. */
export type RecognisedFile =
  | { readonly kind: FileKind }
  | { readonly kind: 'image' }
  | { readonly kind: 'trace'; readonly recognition: Recognition }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'unknown' };
