import { ReaderClient } from '../../client/reader-client';
import { countTrace } from '../../client/trace-count';
import { required } from '../../core/assert';
import {
  replaySettings,
  USUAL_SNAPSHOTS,
  type ReplayReport,
  type ReplaySettings,
} from '../../core/replay/replay';
import type { TraceFormat, TraceQuestion, TraceSurvey } from '../../core/replay/trace';
import { questionsAbout } from '../../formats/trace/questions';
import type { ReadTrace } from '../../formats/trace/read-trace';
import type { Recognition } from '../../formats/trace/recognise';

/** What only the user can know, and how many snapshots to count with. */
export interface TraceAnswers {
  readonly format: TraceFormat;
  readonly device: number | null;
  readonly partitionOffsetBytes: number;
  /** At least 1, taken at even distances. */
  readonly snapshots: number;
}

/** What was counted, and by which answers. */
interface CountedTrace {
  readonly answers: TraceAnswers;
  readonly survey: TraceSurvey;
  readonly report: ReplayReport;
  readonly questions: readonly TraceQuestion[];
}

type TraceStage = 'reading' | 'counting' | 'done' | 'stopped' | 'unreadable';

/**
 * Has a trace read twice by a worker: what is in it, then what copy-on-write would have copied. In memory that does not
 * grow with the file.
 */
export class TraceJob {
  readonly #file: Blob;
  readonly #recognition: Recognition;
  #cancel = new AbortController();
  #stage = $state.raw<TraceStage>('reading');
  #doneBytes = $state(0);
  #counted = $state.raw<CountedTrace | null>(null);
  #wanted: TraceAnswers;
  #survey: { readonly format: TraceFormat; readonly survey: TraceSurvey } | null = null;

  readonly stage = $derived(this.#stage);
  readonly isBusy = $derived(this.#stage === 'reading' || this.#stage === 'counting');
  readonly doneBytes = $derived(this.#doneBytes);
  /** The latest that was counted to its end; it stays until the next one is. */
  readonly counted = $derived(this.#counted);

  constructor(file: Blob, recognition: Recognition) {
    this.#file = file;
    this.#recognition = recognition;
    const { format } = recognition.reading;
    this.#wanted = { format, device: null, partitionOffsetBytes: 0, snapshots: USUAL_SNAPSHOTS };
  }

  cancel(): void {
    this.#cancel.abort();
  }

  /** Counts by these answers, or by those of the last time; what was under way ends. */
  async run(answers = this.#wanted): Promise<void> {
    this.cancel();
    const cancel = new AbortController();
    this.#cancel = cancel;
    this.#wanted = answers;
    try {
      const reader = new ReaderClient();
      const counted = await this.#count(reader, answers, cancel.signal).finally(() => reader.close());
      if (this.#cancel !== cancel) return;
      this.#counted = counted;
      this.#stage = 'done';
    } catch {
      // What a file does not give is all that can go wrong here, besides the learner's own stop.
      if (this.#cancel === cancel) this.#stage = cancel.signal.aborted ? 'stopped' : 'unreadable';
    }
  }

  async #count(reader: ReaderClient, wanted: TraceAnswers, signal: AbortSignal): Promise<CountedTrace> {
    const { format, snapshots } = wanted;
    const isKnown = this.#survey?.format === format;
    const survey = await this.#surveyAs(reader, format, signal);
    // In another format the devices are others: what was said of them is void.
    const isOther = !isKnown && this.#counted !== null;
    const answers = isOther ? { ...wanted, device: null, partitionOffsetBytes: 0 } : wanted;
    this.#stage = 'counting';
    const settings = replaySettings(survey, answers, snapshots);
    const { report } = await this.#read(reader, format, settings, signal);
    const questions = questionsAbout(this.#recognitionAs(format), survey);
    return { answers, survey, report: required(report, 'it was asked for'), questions };
  }

  async #surveyAs(reader: ReaderClient, format: TraceFormat, signal: AbortSignal): Promise<TraceSurvey> {
    if (this.#survey?.format === format) return this.#survey.survey;
    this.#stage = 'reading';
    const { survey } = await this.#read(reader, format, null, signal);
    this.#survey = { format, survey };
    return survey;
  }

  async #read(
    reader: ReaderClient,
    format: TraceFormat,
    settings: ReplaySettings | null,
    signal: AbortSignal,
  ): Promise<ReadTrace> {
    this.#doneBytes = 0;
    const { reading } = this.#recognitionAs(format);
    const pieces = countTrace(reader, { file: this.#file, reading, settings, signal });
    for (;;) {
      const piece = await pieces.next();
      if (piece.done === true) return piece.value;
      this.#doneBytes = piece.value;
    }
  }

  #recognitionAs(format: TraceFormat): Recognition {
    const { reading, confidence, alternatives } = this.#recognition;
    const formats = [reading.format, ...alternatives];
    return {
      reading: { ...reading, format },
      confidence,
      alternatives: formats.filter((other) => other !== format),
    };
  }
}
