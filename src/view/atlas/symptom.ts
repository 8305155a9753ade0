import type { EventId } from '../../core/catalogue/event-id';
import type { FaultOutcome } from '../../core/describe/fault-outcome';
import { PROTECTION_LEVELS } from '../../core/protection';
import { FAULT_NUMBERS, outcomeOf, outcomeOnFullVolume } from './run-atlas';

/** What somebody comes with who looks for a fault. Part of a link: `#/faults?seen=offline`. */
export const SYMPTOMS = ['vanished', 'offline', 'writes-fail'] as const;

export type Symptom = (typeof SYMPTOMS)[number];

/** When it was noticed. */
export const OCCASIONS = ['online', 'write', 'otherwise'] as const;

export type Occasion = (typeof OCCASIONS)[number];

/** What is known of a fault that is looked for; `null`: nothing. */
export interface Sighting {
  readonly symptom: Symptom | null;
  /** An event of the System log; `none`: there is not one of these snapshots. */
  readonly event: EventId | 'none' | null;
  readonly occasion: Occasion | null;
}

export function symptomNamed(text: string | null): Symptom | null {
  return SYMPTOMS.find((symptom) => symptom === text) ?? null;
}

/** Every outcome of every fault at every level, as the engine has it. */
function allOutcomes(): readonly FaultOutcome[] {
  const outcomes = FAULT_NUMBERS.flatMap((fault) =>
    PROTECTION_LEVELS.map((level) => outcomeOf(fault, level)),
  );
  return [...outcomes, outcomeOnFullVolume()];
}

/** The outcomes that look like what was seen, those of one fault beside each other. */
export function outcomesLike({ symptom, event, occasion }: Sighting): readonly FaultOutcome[] {
  return allOutcomes()
    .filter(
      (outcome) =>
        (symptom === null || shows(outcome, symptom)) &&
        (event === null || leaves(outcome, event)) &&
        (occasion === null || occasionOf(outcome) === occasion),
    )
    .toSorted((one, other) => one.fault - other.fault);
}

/** The events that outcomes with a symptom leave, in order of their numbers. */
export function eventsWith(symptom: Symptom | null): readonly EventId[] {
  const outcomes = outcomesLike({ symptom, event: null, occasion: null });
  return [...new Set(outcomes.flatMap(({ eventIds }) => eventIds))].toSorted((one, other) => one - other);
}

function shows(
  { snapshotsBefore, snapshotsAfter, info, laterWrite }: FaultOutcome,
  symptom: Symptom,
): boolean {
  switch (symptom) {
    case 'vanished':
      return snapshotsAfter < snapshotsBefore;
    case 'offline':
      return info.offlineForProtection;
    case 'writes-fail':
      return laterWrite === 'failed';
  }
}

function leaves({ eventIds }: FaultOutcome, event: EventId | 'none'): boolean {
  return event === 'none' ? eventIds.length === 0 : eventIds.includes(event);
}

function occasionOf({ metAt }: FaultOutcome): Occasion {
  if (metAt === 'online') return 'online';
  return metAt === 'atOnce' ? 'otherwise' : 'write';
}
