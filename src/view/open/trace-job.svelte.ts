import { Replay, replaySettings, type ReplayReport } from '../../core/replay/replay';
import type { TraceBatch, TraceFormat, TraceQuestion, TraceSurvey } from '../../core/replay/trace';
import { questionsAbout } from '../../formats/trace/questions';
import type { Recognition } from '../../formats/trace/recognise';
import { TraceReader } from '../../formats/trace/trace-reader';

/** Short enough to be read and counted between two pictures of the page. */
const PIECE_BYTES = 2 ** 17;

const USUAL_SNAPSHOTS = 4;

/** What only the user can know, and how many snapshots to count with. */
export interface TraceAnswers {
  readonly format: TraceFormat;
  readonly device: number | null;
  readonly partitionOffsetBytes: number;
  /** At least 1, taken at even distances. */
  readonly snapshots: number;
}

type TraceStage = 'reading' | 'counting' | 'done' | 'stopped' | 'unreadable';

/**
 * Reads a trace twice: what is in it, then what copy-on-write would have copied. In pieces, so that the page stays free;
 * in memory that does not grow with the file.
 */
export class TraceJob {
  readonly #file: Blob;
  readonly #recognition: Recognition;
  #cancel = new AbortController();
  #stage = $state.raw<TraceStage>('reading');
  #doneBytes = $state(0);
  #survey = $state.raw<TraceSurvey | null>(null);
  #report = $state.raw<ReplayReport | null>(null);
  #answers: TraceAnswers;
  #surveyed: TraceFormat | null = null;

  readonly stage = $derived(this.#stage);
  readonly isBusy = $derived(this.#stage === 'reading' || this.#stage === 'counting');
  readonly doneBytes = $derived(this.#doneBytes);
  /** Of the format that the answers name; `null` until it has been read. */
  readonly survey = $derived(this.#survey);
  /** By the answers; `null` until it is counted. */
  readonly report = $derived(this.#report);
  readonly answers = $derived.by(() => this.#answers);
  readonly questions: readonly TraceQuestion[] = $derived.by(() =>
    this.#survey === null ? [] : questionsAbout(this.#recognitionAs(this.#answers.format), this.#survey),
  );

  constructor(file: Blob, recognition: Recognition) {
    this.#file = file;
    this.#recognition = recognition;
    const { format } = recognition.reading;
    this.#answers = $state.raw({ format, device: null, partitionOffsetBytes: 0, snapshots: USUAL_SNAPSHOTS });
  }

  cancel(): void {
    this.#cancel.abort();
  }

  /** Counts by these answers, whatever it is at now. */
  async run(answers: TraceAnswers): Promise<void> {
    this.cancel();
    const cancel = new AbortController();
    this.#cancel = cancel;
    this.#report = null;
    try {
      if (this.#surveyed !== answers.format) await this.#read(answers.format, cancel.signal);
      else this.#answers = answers;
      await this.#count({ ...this.#answers, snapshots: answers.snapshots }, cancel.signal);
      if (this.#cancel === cancel) this.#stage = 'done';
    } catch {
      // What a file does not give is all that can go wrong here, besides the learner's own stop.
      if (this.#cancel === cancel) this.#stage = cancel.signal.aborted ? 'stopped' : 'unreadable';
    }
  }

  /** In another format the devices are others: what was said of them is void. */
  async #read(format: TraceFormat, signal: AbortSignal): Promise<void> {
    this.#stage = 'reading';
    this.#survey = null;
    this.#surveyed = null;
    this.#answers = { ...this.#answers, format, device: null, partitionOffsetBytes: 0 };
    const reader = new TraceReader(this.#readingAs(format));
    await this.#eachPiece(reader, signal);
    this.#survey = reader.end();
    this.#surveyed = format;
  }

  async #count(answers: TraceAnswers, signal: AbortSignal): Promise<void> {
    const survey = this.#survey;
    if (survey === null) return;
    this.#stage = 'counting';
    this.#answers = answers;
    const settings = replaySettings(survey, answers);
    const { snapshots } = answers;
    const replay = new Replay({
      ...settings,
      snapshotsAt: Array.from({ length: snapshots }, (_, index) =>
        Math.floor((index * settings.records) / snapshots),
      ),
    });
    const take = (batch: TraceBatch): void => replay.add(batch);
    const reader = new TraceReader(this.#readingAs(answers.format), take);
    await this.#eachPiece(reader, signal);
    reader.end();
    this.#report = replay.finish();
  }

  /** A piece of a file comes in a task of its own; the next one is fetched while this one is read. */
  async #eachPiece(reader: TraceReader, signal: AbortSignal): Promise<void> {
    this.#doneBytes = 0;
    let next = this.#piece(0);
    for (let start = 0; start < this.#file.size; start += PIECE_BYTES) {
      const piece = await next;
      signal.throwIfAborted();
      next = this.#piece(start + PIECE_BYTES);
      // Should it fail after this one was stopped, nobody is left to hear of it.
      next.catch(() => undefined);
      reader.push(piece);
      this.#doneBytes = start + piece.length;
    }
  }

  async #piece(start: number): Promise<Uint8Array> {
    return new Uint8Array(await this.#file.slice(start, start + PIECE_BYTES).arrayBuffer());
  }

  #readingAs(format: TraceFormat): Recognition['reading'] {
    return { ...this.#recognition.reading, format };
  }

  #recognitionAs(format: TraceFormat): Recognition {
    const { reading, confidence, alternatives } = this.#recognition;
    const formats = [reading.format, ...alternatives];
    return {
      reading: this.#readingAs(format),
      confidence,
      alternatives: formats.filter((other) => other !== format),
    };
  }
}
