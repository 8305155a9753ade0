/** What a file of this page is, by what it says of itself; `null`: it is none, or does not say. */
export type FileKind = 'laboratory' | 'lesson' | 'progress';

/** Every file of this page begins with its format. */
const FORMAT = /^\s*\{\s*"format"\s*:\s*"shadow-copy-lab\.(laboratory|lesson|progress)"/;

/** Looks at the beginning of a text only; whether the rest is sound is for the parser of that kind to say. */
export function fileKindOf(text: string): FileKind | null {
  return (FORMAT.exec(text.slice(0, 1_000))?.[1] as FileKind | undefined) ?? null;
}
