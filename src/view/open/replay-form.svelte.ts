import { MAXIMUM_BLOCK_COUNT } from '../../core/block';
import type { FaultNumber } from '../../core/fault';
import { evenSnapshots, type ReplayReport } from '../../core/replay/replay';
import { realBlockCount, recordsThatFit, type ReplayPlan } from '../../core/replay/replay-plan';
import type { TraceSurvey } from '../../core/replay/trace';
import { WORLD_IDS } from '../../core/scenario';
import { REPLAY_WORDS } from '../../words/replay';
import type { Machines } from '../lab/machine-form.svelte';
import type { TraceAnswers } from './trace-job.svelte';

export type MaximumChoice = 'none' | 'half' | 'other';

/** What was counted, and by which answers. */
interface Counted {
  readonly answers: TraceAnswers;
  readonly survey: TraceSurvey;
  readonly report: ReplayReport;
}

/** What is typed into the form of a replay, and the plan that it makes. Numbers are `NaN` where a field is empty. */
export class ReplayForm {
  readonly #counted: () => Counted;
  machines = $state<Machines>('both');
  maximum = $state<MaximumChoice>('none');
  fault = $state<FaultNumber | 0>(0);
  #records = $state<number | null>(null);
  #maximumBlocks = $state<number | null>(null);
  #faultAt = $state<number | null>(null);

  constructor(counted: () => Counted) {
    this.#counted = counted;
  }

  /** Of the trace, the largest number that can be asked for. */
  readonly allRecords = $derived.by(() => this.#counted().report.totals.records);

  readonly blockCount = $derived.by(() => {
    const { survey, answers } = this.#counted();
    return realBlockCount(survey, answers);
  });

  /** How many of the first records fit, when not all do; `null` when they do. */
  readonly fitting: number | null = $derived.by(() => {
    const { totals, growth } = this.#counted().report;
    const isSmall = totals.uniqueBlocksWritten <= MAXIMUM_BLOCK_COUNT;
    return isSmall || this.blockCount !== null ? null : recordsThatFit(growth);
  });

  /** Half of the copies, so that a diff area of that size would be full. */
  readonly half = $derived.by(() => Math.floor(this.#counted().report.totals.copies / 2));

  get records(): number {
    return this.#records ?? this.fitting ?? this.allRecords;
  }

  set records(records: number) {
    this.#records = records;
  }

  get maximumBlocks(): number {
    return this.#maximumBlocks ?? this.half;
  }

  set maximumBlocks(blocks: number) {
    this.#maximumBlocks = blocks;
  }

  /** As people count, from 1. */
  get faultAt(): number {
    return this.#faultAt ?? Math.floor((Number.isNaN(this.records) ? 0 : this.records) / 2) + 1;
  }

  set faultAt(record: number) {
    this.#faultAt = record;
  }

  readonly recordsProblem = $derived.by(() =>
    isWithin(this.records, 1, this.allRecords) ? null : REPLAY_WORDS.recordsProblem(this.allRecords),
  );

  readonly maximumProblem = $derived.by(() =>
    this.maximum !== 'other' || isWithin(this.maximumBlocks, 0, MAXIMUM_BLOCK_COUNT)
      ? null
      : REPLAY_WORDS.maximumProblem,
  );

  readonly faultProblem = $derived.by(() =>
    this.fault === 0 || isWithin(this.faultAt, 1, this.records)
      ? null
      : REPLAY_WORDS.recordsProblem(this.records),
  );

  /** `null` while something is wrong. */
  readonly plan: ReplayPlan | null = $derived.by(() => {
    if ((this.recordsProblem ?? this.maximumProblem ?? this.faultProblem) !== null) return null;
    const { records, fault, maximum } = this;
    const { device, partitionOffsetBytes, snapshots } = this.#counted().answers;
    const maxima = { none: null, half: this.half, other: this.maximumBlocks };
    return {
      ...{ records, device, partitionOffsetBytes, snapshotsAt: evenSnapshots(records, snapshots) },
      blockCount: this.blockCount,
      worlds: this.machines === 'both' ? WORLD_IDS : [this.machines],
      maximumBlocks: maxima[maximum],
      fault: fault === 0 ? null : { fault, atRecord: this.faultAt - 1 },
    };
  });
}

function isWithin(value: number, lowest: number, highest: number): boolean {
  return Number.isSafeInteger(value) && value >= lowest && value <= highest;
}
