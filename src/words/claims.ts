import { documentedFaultName } from '../core/catalogue/fault';
import { FAULT_NAMES } from '../core/fault';
import type { ExpectedFact, Expectation } from '../core/lesson/expectation';
import type { Access } from '../core/machine';
import { counted, WORLD_NAMES } from './phrase';

const ACCESS: Readonly<Record<Access, string>> = {
  online: 'the volume is online',
  offlineByAdministrator: 'the volume was taken offline',
  offlineForCluster: 'the volume is offline for a failover',
  offlineForProtection: 'the volume is offline for protection',
};

function placeOf(from: 'live' | { readonly snapshot: number }): string {
  return from === 'live' ? 'the live volume' : `snapshot ${from.snapshot}`;
}

/** A claim about a machine, as part of a sentence. */
function factWords(fact: ExpectedFact): string {
  switch (fact.kind) {
    case 'level':
      return `the protection level is ${fact.level}`;
    case 'fault':
      return fact.fault === 0
        ? 'no fault is recorded'
        : `the fault is ${documentedFaultName(FAULT_NAMES[fact.fault])}`;
    case 'access':
      return ACCESS[fact.access];
    case 'snapshots':
      return fact.count === 0 ? 'no snapshot exists' : `${counted(fact.count, 'snapshot')} kept`;
    case 'snapshotsLost':
      return `${counted(fact.count, 'snapshot')} lost`;
    case 'used':
      return `${counted(fact.blocks, 'slot')} in use`;
    case 'allocated':
      return `${counted(fact.blocks, 'slot')} allocated`;
    case 'copies':
      return `${counted(fact.count, 'copy', 'copies')} in the area of snapshot ${fact.snapshot}`;
    case 'completed':
      return `${counted(fact.count, 'request')} completed`;
    case 'failed':
      return `${counted(fact.count, 'request')} failed`;
    case 'logged':
      return fact.isLogged ? `event ${fact.eventId} is logged` : `event ${fact.eventId} is not logged`;
    case 'met':
      return fact.times === 1
        ? `fault ${fact.fault} has been met`
        : `fault ${fact.fault} has been met ${counted(fact.times, 'time')}`;
    case 'reads':
      return fact.text === ''
        ? `${placeOf(fact.from)} reads zeros in block ${fact.block}`
        : `${placeOf(fact.from)} reads “${fact.text}” in block ${fact.block}`;
    case 'written':
      return fact.isWritten ? `block ${fact.block} is written` : `block ${fact.block} is not written`;
    case 'pending':
      return fact.isPending
        ? 'the snapshots wait for their diff volume'
        : 'no snapshot waits for its diff volume';
    case 'unused':
      return fact.isUnused ? 'the diff area counts as unused' : 'the diff area counts as used';
  }
}

/** "Protection on: the volume is online". */
export function claimWords({ world, fact }: Expectation): string {
  return world === 'every' ? factWords(fact) : `${WORLD_NAMES[world]}: ${factWords(fact)}`;
}
