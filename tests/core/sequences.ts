/** Random laboratories and command sequences, from fast-check's randomness, that shrink to the few commands that matter. */
import fc from 'fast-check';
import type { Command } from '../../src/core/command';
import type { NaiveMachine, NaiveSettings } from './naive-machine';

type Condition = (Command & { type: 'break' })['condition'];

/**
 * A command still to be fitted to the machine it meets: `a`, `b` and `c` choose among its blocks, snapshots and
 * conditions. `stop`: where to stop it, if it is a write, and what to do there.
 */
export interface Step {
  readonly kind: StepKind;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly stop: { readonly at: number; readonly step: Step } | null;
}

export interface Sequence {
  readonly settings: NaiveSettings;
  readonly level: 'ORIGINAL_VOLUME' | 'SNAPSHOT';
  readonly steps: readonly Step[];
}

const SWITCHES = [
  'diffDataWritesFail',
  'diffMetadataWritesFail',
  'diffReadsFail',
  'diffMetadataCorrupt',
  'diffFileSystemDamaged',
  'kernelMemoryExhausted',
  'pageFileTooSmall',
  'growthSlow',
  'growthRefused',
] as const;

/** How often each kind of step comes. `recover` stands for the next command on the way back to health. */
const WEIGHTS = {
  write: 34,
  writeBurst: 9,
  replayWrites: 12,
  read: 6,
  createSnapshot: 9,
  deleteSnapshot: 3,
  revertToSnapshot: 2,
  setProtectionLevel: 2,
  clearProtectionFault: 4,
  deleteUnusedDiffAreas: 1,
  resizeDiffArea: 4,
  takeOffline: 5,
  bringOnline: 4,
  detachDiffVolume: 1,
  attachDiffVolume: 3,
  externalWrite: 1,
  break: 9,
  repair: 4,
  wait: 4,
  clusterPrepareOffline: 1,
  clusterFinishFailover: 1,
  unexpectedError: 1,
  recover: 16,
} as const;

type StepKind = keyof typeof WEIGHTS;

const LOTS: readonly StepKind[] = (Object.keys(WEIGHTS) as StepKind[]).flatMap((kind) =>
  new Array<StepKind>(WEIGHTS[kind]).fill(kind),
);

/** What may come between two stages of a write, and one that may not. */
const INTERRUPTING: readonly StepKind[] = [
  'break',
  'break',
  'break',
  'break',
  'repair',
  'repair',
  'attachDiffVolume',
  'attachDiffVolume',
  'detachDiffVolume',
  'externalWrite',
  'externalWrite',
  'unexpectedError',
  'createSnapshot',
];

/** Can be stopped between two stages, or between two requests. */
const WRITING: readonly StepKind[] = ['write', 'writeBurst', 'replayWrites'];

class Sequences extends fc.Arbitrary<Sequence> {
  readonly #length: number;

  constructor(length: number) {
    super();
    this.#length = length;
  }

  override generate(random: fc.Random): fc.Value<Sequence> {
    const steps = Array.from({ length: this.#length }, () => randomStep(random));
    const level = random.nextInt(0, 1) === 0 ? 'ORIGINAL_VOLUME' : 'SNAPSHOT';
    return new fc.Value({ settings: randomSettings(random), level, steps }, undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Sequence {
    return true;
  }

  override shrink(sequence: Sequence): fc.Stream<fc.Value<Sequence>> {
    return fc.stream(smaller(sequence)).map((value) => new fc.Value(value, undefined));
  }
}

/** Sequences of exactly `length` steps, before any shrinking. */
export function sequencesOf(length: number): fc.Arbitrary<Sequence> {
  return new Sequences(length);
}

function randomSettings(random: fc.Random): NaiveSettings {
  const upTo = (highest: number, lowest = 0): number => random.nextInt(lowest, highest);
  const diffVolumeBlocks = upTo(32, 4);
  const usually = (value: number, other: () => number): number => (upTo(2) === 0 ? other() : value);
  const maximumBlocks = upTo(3) === 0 ? null : upTo(diffVolumeBlocks + 2, 2);
  const fitting = Math.min(8, diffVolumeBlocks, maximumBlocks ?? 8);
  return {
    blockCount: upTo(24, 4),
    diffVolumeBlocks,
    initialBlocks: upTo(upTo(9) === 0 ? 8 : fitting, 1),
    maximumBlocks,
    growthStepBlocks: upTo(8, 1),
    snapshotLimit: usually(64, () => upTo(5, 1)),
    timing: {
      liveReadMs: usually(1, () => upTo(4)),
      liveWriteMs: usually(1, () => upTo(4)),
      diffWriteMs: usually(1, () => upTo(4)),
      tableWriteMs: usually(1, () => upTo(4)),
      growMs: usually(8, () => upTo(30)),
    },
  };
}

function randomStep(random: fc.Random): Step {
  const step = randomPlainStep(random, LOTS);
  const isStopped = WRITING.includes(step.kind) && random.nextInt(0, 4) === 0;
  if (!isStopped) return step;
  return { ...step, stop: { at: random.nextInt(0, 255), step: randomPlainStep(random, INTERRUPTING) } };
}

function randomPlainStep(random: fc.Random, lots: readonly StepKind[]): Step {
  const kind = lots[random.nextInt(0, lots.length - 1)]!;
  const [a, b, c] = [random.nextInt(0, 255), random.nextInt(0, 255), random.nextInt(0, 255)];
  return { kind, a, b, c, stop: null };
}

/** First without long runs of steps, then shorter ones, then the single steps and the settings simpler. */
function* smaller(sequence: Sequence): IterableIterator<Sequence> {
  const { steps, settings } = sequence;
  for (let size = steps.length; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < steps.length; start += size) {
      yield { ...sequence, steps: [...steps.slice(0, start), ...steps.slice(start + size)] };
    }
  }
  for (const [index, step] of steps.entries()) {
    for (const simpler of simplerSteps(step)) yield { ...sequence, steps: steps.with(index, simpler) };
  }
  for (const simpler of simplerSettings(settings)) yield { ...sequence, settings: simpler };
}

function* simplerSteps(step: Step): Iterable<Step> {
  if (step.stop !== null) {
    yield { ...step, stop: null };
    for (const at of smallerNumbers(step.stop.at)) yield { ...step, stop: { ...step.stop, at } };
    for (const inner of simplerSteps(step.stop.step)) yield { ...step, stop: { ...step.stop, step: inner } };
  }
  if (step.kind === 'writeBurst' || step.kind === 'replayWrites') yield { ...step, kind: 'write' };
  for (const key of ['a', 'b', 'c'] as const) {
    for (const value of smallerNumbers(step[key])) yield { ...step, [key]: value };
  }
}

function* smallerNumbers(value: number): Iterable<number> {
  if (value > 0) yield 0;
  if (value > 3) yield Math.floor(value / 2);
  if (value > 1) yield value - 1;
}

function* simplerSettings(settings: NaiveSettings): Iterable<NaiveSettings> {
  const { timing } = settings;
  for (const key of Object.keys(timing) as (keyof typeof timing)[]) {
    const usual = key === 'growMs' ? 8 : 1;
    if (timing[key] !== usual) yield { ...settings, timing: { ...timing, [key]: usual } };
  }
  if (settings.snapshotLimit !== 64) yield { ...settings, snapshotLimit: 64 };
  if (settings.maximumBlocks !== null) yield { ...settings, maximumBlocks: null };
  for (const key of ['blockCount', 'initialBlocks', 'growthStepBlocks'] as const) {
    const lowest = key === 'blockCount' ? 4 : 1;
    for (const value of smallerNumbers(settings[key] - lowest)) yield { ...settings, [key]: lowest + value };
  }
}

/** Leads a step to where something can happen: back online, to a first snapshot, to trouble while the volume is offline. */
function kindFor({ kind, b, c }: Step, machine: NaiveMachine): StepKind {
  if (machine.access === 'online') {
    const isBare = machine.chain.length === 0 && machine.diffVolumePresent;
    return isBare && c % 4 === 0 ? 'createSnapshot' : kind;
  }
  if (machine.access === 'offlineForProtection') return b % 3 === 0 ? 'recover' : kind;
  if (machine.access === 'offlineForCluster') return (['bringOnline', 'recover'] as const)[b % 4] ?? kind;
  return (['detachDiffVolume', 'break', 'break', 'bringOnline', 'bringOnline'] as const)[b % 9] ?? kind;
}

/** The command that a step means on a machine. Mostly one that makes sense there, now and then one that does not. */
export function commandOf(step: Step, machine: NaiveMachine): Command {
  const { a, b, c } = step;
  const kind = kindFor(step, machine);
  const { blockCount, diffVolumeBlocks } = machine.settings;
  const isWild = c % 32 === 31;
  const block = isWild ? a % (blockCount + 3) : a % blockCount;
  const room = Math.max(1, blockCount - block);
  switch (kind) {
    case 'recover':
      return recoveryOf(machine) ?? { type: 'createSnapshot' };
    case 'write':
      return {
        type: 'write',
        block,
        count: isWild ? b % 6 : 1 + (c % 4 === 0 ? b % Math.min(4, room) : 0),
        content: contentOf(step),
      };
    case 'writeBurst': {
      const order = c % 2 === 0 ? 'sequential' : 'random';
      const span = isWild ? b % (blockCount + 2) : 1 + (b % room);
      return {
        type: kind,
        order,
        block,
        span,
        from: c % 7,
        writes: isWild ? c % 3 : 1 + (b % 12),
        seed: a * 256 + c,
      };
    }
    case 'replayWrites':
      return { type: kind, from: a, writes: Uint32Array.from(replayOf(step, blockCount, isWild)) };
    case 'read':
      return { type: kind, block, from: c % 3 === 0 ? 'live' : { snapshot: snapshotOf(b, machine) } };
    case 'deleteSnapshot':
    case 'revertToSnapshot':
      return { type: kind, snapshot: snapshotOf(a, machine) };
    case 'setProtectionLevel': {
      const other = machine.level === 'SNAPSHOT' ? 'ORIGINAL_VOLUME' : 'SNAPSHOT';
      return { type: kind, level: a % 8 === 0 ? machine.level : other };
    }
    case 'resizeDiffArea':
      return {
        type: kind,
        maximumBlocks: a % 6 === 0 ? null : (b % (diffVolumeBlocks + 4)) - (isWild ? 3 : 0),
      };
    case 'externalWrite':
      return {
        type: kind,
        block: b % 2 === 0 ? a % (diffVolumeBlocks + 1) : machine.slots.length,
      };
    case 'break':
      return { type: kind, condition: conditionOf(a, isWild ? b : b % blockCount) };
    case 'repair':
      return {
        type: kind,
        condition: brokenOf(machine)[a % 16] ?? conditionOf(a, isWild ? b : b % blockCount),
      };
    case 'wait':
      return { type: kind, durationMs: [1, 2, 5, 8, 30, 100, 299_990, 300_000, 0, 604_800_001][a % 10]! };
    default:
      return { type: kind };
  }
}

/** Requests of one to four blocks; a wild one may be half a pair, empty, or reach beyond the end. */
function replayOf({ a, b, c }: Step, blockCount: number, isWild: boolean): readonly number[] {
  const requests = isWild ? a % 4 : 1 + (a % 7);
  const writes = Array.from({ length: requests }, (_, index) => {
    const block = (b + index * (1 + (c % 5))) % blockCount;
    const count = 1 + ((a + b * index) % Math.min(4, blockCount - block));
    return [block, isWild && index === 2 ? count + (b % 9) - 4 : count];
  }).flat();
  return isWild && b % 5 === 0 ? writes.slice(1) : writes;
}

function contentOf({ a, c }: Step): (Command & { type: 'write' })['content'] {
  if (c === 255) return { kind: 'text', text: 'x'.repeat(16_380 + (a % 8)) };
  return c % 2 === 0 ? { kind: 'text', text: `text ${a}` } : { kind: 'pattern', seed: a };
}

function snapshotOf(choice: number, machine: NaiveMachine): number {
  const { snapshots } = machine;
  if (choice % 16 === 15) return machine.created + (choice % 32) - 15;
  return snapshots.length === 0 ? 1 : snapshots[choice % snapshots.length]!.number;
}

function conditionOf(choice: number, block: number): Condition {
  const name = SWITCHES[choice % (SWITCHES.length + 3)];
  return name === undefined ? { name: 'liveBadBlock', block } : { name };
}

/** What is broken, as conditions. */
function brokenOf(machine: NaiveMachine): readonly Condition[] {
  return [...machine.broken].map((key) => {
    const name = SWITCHES.find((other) => other === key);
    return name === undefined ? { name: 'liveBadBlock', block: Number(key.split(' ')[1]) } : { name };
  });
}

/** The next command on the way back to health: the environment first, then the fault, then the volume. */
function recoveryOf(machine: NaiveMachine): Command | null {
  const condition = brokenOf(machine)[0];
  if (condition !== undefined) return { type: 'repair', condition };
  if (!machine.diffVolumePresent) return { type: 'attachDiffVolume' };
  if (machine.clusterPrepared) return { type: 'clusterFinishFailover' };
  if (machine.fault !== 0) return { type: 'clearProtectionFault' };
  return machine.access === 'online' ? null : { type: 'bringOnline' };
}
