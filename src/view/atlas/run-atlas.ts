import { faultOutcome, type FaultOutcome } from '../../core/describe/fault-outcome';
import { FAULT_NAMES, type FaultNumber } from '../../core/fault';
import type { ProtectionLevel } from '../../core/protection';
import { runOfFault } from '../../core/run-of-fault';

export const FAULT_NUMBERS: readonly FaultNumber[] = FAULT_NAMES.slice(1).map(
  (_, index) => (index + 1) as FaultNumber,
);

const known = new Map<string, FaultOutcome>();

/** The outcome of a fault's built-in run: run once in the life of the page, when it is first looked at. */
export function outcomeOf(fault: FaultNumber, level: ProtectionLevel): FaultOutcome {
  return remembered(`${fault} ${level}`, () => faultOutcome(fault, level));
}

/** Fault 8 where not the maximum but the diff volume itself is the limit: the same run on a smaller diff volume. */
export function outcomeOnFullVolume(): FaultOutcome {
  return remembered('8 on a full volume', () => {
    const run = runOfFault(8);
    const settings = { ...run.settings, maximumBlocks: null, diffVolumeBlocks: run.settings.initialBlocks };
    return faultOutcome(8, 'ORIGINAL_VOLUME', { ...run, settings });
  });
}

function remembered(key: string, run: () => FaultOutcome): FaultOutcome {
  const outcome = known.get(key) ?? run();
  known.set(key, outcome);
  return outcome;
}
