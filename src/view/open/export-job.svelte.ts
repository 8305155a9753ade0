import { printReport, reportOfMachines, type Fetched, type ReportedWorld } from '../../formats/report';
import { writeImage, type ImagedWorld } from '../../formats/volume-image/write-image';
import { saveText } from '../shell/save';
import { reportedBytes } from './exported-worlds';
import { openSink, type FileSink } from './file-sink';
import { Turns } from './turns';

/** Disks take large pieces better than many small ones. */
const PIECE_BYTES = 2 ** 20;

type ExportStage = 'idle' | 'busy' | 'done' | 'stopped' | 'failed';

/** Writes a file that takes long, in short turns. */
export class ExportJob {
  #cancel = new AbortController();
  #stage = $state.raw<ExportStage>('idle');
  #doneBytes = $state(0);
  #totalBytes = $state(0);
  #reason = $state('');

  readonly stage = $derived(this.#stage);
  readonly doneBytes = $derived(this.#doneBytes);
  readonly totalBytes = $derived(this.#totalBytes);
  /** Why it failed. */
  readonly reason = $derived(this.#reason);

  cancel(): void {
    this.#cancel.abort();
  }

  report(name: string, title: string, worlds: readonly ReportedWorld[]): Promise<void> {
    return this.#run(reportedBytes(worlds), async (breathe) => {
      const job = reportOfMachines(title, worlds);
      let hashed = 0;
      for (;;) {
        const step = await job.next();
        if (step.done === true) {
          saveText(name, printReport(step.value));
          return true;
        }
        hashed += step.value;
        await breathe(hashed);
      }
    });
  }

  image(name: string, world: ImagedWorld<Fetched>): Promise<void> {
    const { sizeBytes, blocks } = writeImage(world);
    return this.#run(sizeBytes, async (breathe) => {
      const sink = await openSink(name);
      if (sink === null) return false;
      try {
        await writePieces(sink, blocks, breathe);
      } catch (error) {
        // What is left of it is swept away; why it ended is what counts.
        await sink.abort().catch(() => undefined);
        throw error;
      }
      await sink.close();
      return true;
    });
  }

  /** @param work tells whether there is a file now; it throws at `breathe` when it is stopped */
  async #run(
    totalBytes: number,
    work: (breathe: (doneBytes: number) => Promise<void>) => Promise<boolean>,
  ): Promise<void> {
    const { signal } = (this.#cancel = new AbortController());
    const turns = new Turns();
    this.#stage = 'busy';
    this.#doneBytes = 0;
    this.#totalBytes = totalBytes;
    try {
      const isDone = await work(async (doneBytes) => {
        if (await turns.breathe()) this.#doneBytes = doneBytes;
        signal.throwIfAborted();
      });
      this.#stage = isDone ? 'done' : 'idle';
    } catch (error) {
      this.#stage = signal.aborted ? 'stopped' : 'failed';
      this.#reason = error instanceof Error ? error.message : String(error);
    }
  }
}

async function writePieces(
  sink: FileSink,
  blocks: Iterable<Fetched>,
  breathe: (doneBytes: number) => Promise<void>,
): Promise<void> {
  const piece = new Uint8Array(PIECE_BYTES);
  let filled = 0;
  let written = 0;
  for (const made of blocks) {
    const block = made instanceof Uint8Array ? made : await made;
    piece.set(block, filled);
    filled += block.length;
    if (filled === PIECE_BYTES) {
      await sink.write(piece);
      written += filled;
      filled = 0;
    }
    await breathe(written + filled);
  }
  await sink.write(piece.subarray(0, filled));
}
