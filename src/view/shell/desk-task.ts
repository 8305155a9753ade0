/** What a learner wants done with files; what it takes is loaded then. */
export type DeskTask =
  | { readonly kind: 'open'; readonly file: File }
  | { readonly kind: 'export'; readonly what: 'report' | 'image' | 'picture' };

/** A dragged file may be dropped anywhere. */
export function allowFiles(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
}

export function droppedFile(event: DragEvent): File | null {
  const file = event.dataTransfer?.files[0] ?? null;
  // Without this the browser leaves the page for the file.
  if (file !== null) event.preventDefault();
  return file;
}

/** What is pasted where nothing is typed: a file, or a text as a file without a name. */
export function pastedFile({ target, clipboardData }: ClipboardEvent): File | null {
  if (target instanceof Element && target.closest('input, textarea, select') !== null) return null;
  const file = clipboardData?.files[0];
  if (file !== undefined) return file;
  const text = clipboardData?.getData('text/plain') ?? '';
  return text.trim() === '' ? null : new File([text], '');
}
