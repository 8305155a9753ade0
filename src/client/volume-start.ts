import { BLOCK_SIZE_BYTES } from '../core/block';
import type { ImageProblem } from '../core/image-problem';
import type { EngineProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import type { ChangedLaboratory } from '../protocol/answer';
import type { EngineClient } from './engine-client';
import { ReaderClient } from './reader-client';

/** Why there is no laboratory on the volume of an image. */
export type VolumeStartProblem =
  | { readonly by: 'image'; readonly problem: ImageProblem }
  | { readonly by: 'engine'; readonly problem: EngineProblem };

export interface VolumeStartOptions {
  readonly file: Blob;
  /** Of the new branch. */
  readonly name: string;
  readonly signal: AbortSignal;
  /** How many bytes of the volume were read. */
  readonly onProgress: (doneBytes: number) => void;
}

type Outcome<Value> = Promise<Result<Value, VolumeStartProblem>>;

/**
 * Starts a laboratory from a volume image: a worker of its own reads the image, and its contents go piece by piece to the
 * engine, which keeps them before anything refers to them. Then the branch begins, in one transaction. When it is stopped,
 * or fails, nothing is left of it.
 */
export async function startFromVolume(
  client: EngineClient,
  options: VolumeStartOptions,
): Outcome<ChangedLaboratory> {
  const reader = new ReaderClient();
  const stop = (): void => reader.close();
  options.signal.addEventListener('abort', stop);
  try {
    const opened = await reader.ask({ type: 'openImage', file: options.file });
    if (!opened.ok) return byImage(opened.problem);
    const begun = await client.beginVolume();
    if (!begun.ok) return byEngine(begun.problem);
    const number = begun.value.state.nextBranch - 1;
    const started = await bring(client, reader, number, options);
    if (!started.ok) await client.dropContents(number);
    return started;
  } finally {
    options.signal.removeEventListener('abort', stop);
    reader.close();
  }
}

async function bring(
  client: EngineClient,
  reader: ReaderClient,
  number: number,
  { name, signal, onProgress }: VolumeStartOptions,
): Outcome<ChangedLaboratory> {
  let piece = 0;
  for (;;) {
    const part = await reader.ask({ type: 'importPart' });
    if (!part.ok) return byImage(part.problem);
    const { bytes, doneBlocks, isLast } = part.value;
    if (bytes.length > 0) {
      const kept = await client.keepContents({ start: number, piece }, bytes);
      if (!kept.ok) return byEngine(kept.problem);
      piece += 1;
    }
    onProgress(doneBlocks * BLOCK_SIZE_BYTES);
    if (signal.aborted) return byEngine({ kind: 'cancelled' });
    if (isLast) break;
  }
  const start = await reader.ask({ type: 'importStart', start: number });
  if (!start.ok) return byImage(start.problem);
  const started = await client.startVolume(start.value.kept, name);
  return started.ok ? success(started.value) : byEngine(started.problem);
}

function byImage(problem: ImageProblem): Result<never, VolumeStartProblem> {
  return failure({ by: 'image', problem });
}

function byEngine(problem: EngineProblem): Result<never, VolumeStartProblem> {
  return failure({ by: 'engine', problem });
}
