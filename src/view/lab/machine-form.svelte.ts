import { DEFAULT_SETTINGS, type MachineSettings } from '../../core/machine';
import { settingsOfSize } from '../../core/new-machine';
import { WORLD_IDS, type Scenario, type WorldId } from '../../core/scenario';
import { checkSettings, SETTING_LIMITS, TIMING_NAMES, type SettingName } from '../../core/settings';
import { sentenceOfFlaw } from '../../words/setup';

/** Which machines stand side by side: both, or the one with protection off or on. */
export type Machines = 'both' | WorldId;

type Values = Readonly<Record<SettingName, number>>;

/** The fields that say how large something is: those that a size to begin with stands for. */
const SIZES: ReadonlySet<string> = new Set([
  'blockCount',
  'diffVolumeBlocks',
  'initialBlocks',
  'maximumBlocks',
  'growthStepBlocks',
] satisfies SettingName[]);

/** What is typed into the form of a new machine. A size that was not touched follows that of the live volume. */
export class MachineForm {
  #typed = $state.raw<Partial<Values>>({});
  isUnbounded = $state(false);
  machines = $state<Machines>('both');

  /** What the fields show; `NaN` where one is empty. */
  readonly values: Values = $derived.by(() => {
    const { blockCount = DEFAULT_SETTINGS.blockCount } = this.#typed;
    const { timing, ...sizes } = settingsOfSize(possible(blockCount));
    return { ...sizes, ...timing, ...this.#typed, blockCount };
  });

  readonly scenario: Scenario = $derived.by(() => ({
    settings: settingsOf(this.values, this.isUnbounded),
    worlds: this.machines === 'both' ? WORLD_IDS : [this.machines],
  }));

  readonly #flaws = $derived.by(() => checkSettings(this.scenario.settings));
  readonly isSound = $derived.by(() => this.#flaws.length === 0);
  readonly hasTimingFlaw = $derived.by(() => TIMING_NAMES.some((name) => this.problemOf(name) !== null));

  set(name: SettingName, value: number): void {
    this.#typed = { ...this.#typed, [name]: value };
  }

  /** The default machine in this size: only what says nothing about size stays as it was typed. */
  choose(blockCount: number): void {
    const others = Object.entries(this.#typed).filter(([name]) => !SIZES.has(name));
    this.#typed = { ...Object.fromEntries(others), blockCount };
    this.isUnbounded = false;
  }

  /** What is wrong with a field; `null` when nothing is. */
  problemOf(name: SettingName): string | null {
    const flaw = this.#flaws.find(({ field }) => field === name);
    return flaw === undefined ? null : sentenceOfFlaw(flaw);
  }
}

/** A size that the others can be taken from while another one is still being typed. */
function possible(blockCount: number): number {
  const { lowest, highest } = SETTING_LIMITS.blockCount;
  const isNumber = Number.isSafeInteger(blockCount);
  return isNumber ? Math.min(Math.max(blockCount, lowest), highest) : DEFAULT_SETTINGS.blockCount;
}

function settingsOf(values: Values, isUnbounded: boolean): MachineSettings {
  const { liveReadMs, liveWriteMs, diffWriteMs, tableWriteMs, growMs, maximumBlocks, ...sizes } = values;
  return {
    ...sizes,
    maximumBlocks: isUnbounded ? null : maximumBlocks,
    timing: { liveReadMs, liveWriteMs, diffWriteMs, tableWriteMs, growMs },
  };
}
