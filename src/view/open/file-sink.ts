/** Where a large file is written to, piece by piece. */
export interface FileSink {
  /** The bytes may be used again once it is done. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Only now the file is there. */
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** Not in every browser, and so not among the types of the platform. */
type SavePicker = (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>;

/**
 * Asks for a file on the disk where the browser can write to one; else collects the pieces, which the browser keeps out
 * of the page's memory, and offers them as a download. `null`: nobody wanted to choose a file.
 */
export async function openSink(name: string): Promise<FileSink | null> {
  const { showSaveFilePicker } = window as { readonly showSaveFilePicker?: SavePicker };
  if (showSaveFilePicker === undefined) return downloadSink(name);
  try {
    const handle = await showSaveFilePicker({ suggestedName: name });
    const stream = await handle.createWritable();
    return {
      write: (bytes) => stream.write(bytes),
      close: () => stream.close(),
      abort: () => stream.abort(),
    };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

function downloadSink(name: string): FileSink {
  const pieces: Blob[] = [];
  return {
    write: (bytes) => {
      pieces.push(new Blob([bytes]));
      return Promise.resolve();
    },
    close: () => {
      offer(name, new Blob(pieces, { type: 'application/octet-stream' }));
      return Promise.resolve();
    },
    abort: () => Promise.resolve(),
  };
}

/** Long enough for any browser to have begun with it. */
const OFFERED_FOR_MS = 60_000;

function offer(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), OFFERED_FOR_MS);
}
