import type { CardUnavailable } from '../core/describe/fault-card';
import type { Forecast } from '../core/describe/forecast';
import { capitalized, counted } from './phrase';
import { sentenceOfRefusal } from './refusals';

function snapshotsOf({ snapshotsBefore, snapshotsAfter }: Forecast): string {
  const lost = snapshotsBefore - snapshotsAfter;
  if (lost === 0) return `${counted(snapshotsAfter, 'snapshot')} kept`;
  const rest = snapshotsAfter > 0 ? ` of ${snapshotsBefore}` : '';
  return `${lost}${rest} ${lost === 1 && rest === '' ? 'snapshot' : 'snapshots'} deleted`;
}

function ioOf({ laterWrite, laterRead }: Forecast): string {
  if (laterWrite === 'completed')
    return laterRead === 'completed' ? 'writing goes on' : 'writing goes on, a read still fails';
  return laterRead === 'completed' ? 'writing fails' : 'all I/O blocked';
}

/** "2 snapshots deleted, writing goes on." */
export function sentenceOfForecast(forecast: Forecast): string {
  return `${capitalized(snapshotsOf(forecast))}, ${ioOf(forecast)}.`;
}

/** Why a fault card does nothing now. */
export function sentenceOfUnavailable(reason: CardUnavailable): string {
  switch (reason.code) {
    case 'noSnapshot':
      return 'There is no snapshot: take one first, or there is nothing to protect.';
    case 'faultedAlready':
      return `Fault ${reason.fault} keeps the volume offline; a second fault would change nothing.`;
    case 'brokenAlready':
      return 'This is broken already and has yet to be met.';
    case 'everyBlockCopied':
      return 'Every block is saved already: until the next snapshot no write needs a copy.';
    case 'volumeOffline':
      return 'The live volume is offline: nothing would meet this.';
    case 'anotherFaultFirst':
      return `Fault ${reason.fault} would strike first.`;
    case 'refused':
      return sentenceOfRefusal(reason.refusal);
    case 'notMet':
      return reason.writes === 0
        ? 'Nothing would meet this now.'
        : `Not met within ${counted(reason.writes, 'write')}: there is too much room.`;
  }
}
