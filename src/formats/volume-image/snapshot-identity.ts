import type { Area, MachineSettings } from '../../core/machine';
import type { WorldId } from '../../core/scenario';
import { filetimeOf } from './filetime';
import { guidOfName } from './guid';

/** When the virtual clock of every machine starts. */
const CLOCK_START_MS = Date.UTC(2026, 0, 1);

/** What tells a machine from others: where it began. */
export interface MachineOrigin {
  readonly world: WorldId;
  readonly settings: MachineSettings;
}

type SnapshotOrigin = Pick<Area, 'snapshot' | 'createdAtMs'>;

/** As FILETIME. Snapshots of the same virtual millisecond are 100 ns apart: volsnap's readers tell them by their times. */
export function creationTimeOf({ snapshot, createdAtMs }: SnapshotOrigin): bigint {
  return filetimeOf(CLOCK_START_MS + createdAtMs) + BigInt(snapshot);
}

/** The identifiers of a snapshot, the same whenever and however often it is exported. */
interface SnapshotIdentity {
  /** Of its store: the name of the file that holds its copies. */
  readonly store: string;
  /** What vssadmin shows as the shadow copy ID. */
  readonly copy: string;
  readonly copySet: string;
}

export function identityOf(
  origin: MachineOrigin,
  { snapshot, createdAtMs }: SnapshotOrigin,
): SnapshotIdentity {
  const name = `${nameOf(origin)}, snapshot ${snapshot} at ${createdAtMs} ms`;
  return {
    store: guidOfName(`${name}: store`),
    copy: guidOfName(`${name}: copy`),
    copySet: guidOfName(`${name}: set`),
  };
}

export function volumeIdentifierOf(origin: MachineOrigin): string {
  return guidOfName(`${nameOf(origin)}: volume`);
}

function nameOf({ world, settings }: MachineOrigin): string {
  const { blockCount, diffVolumeBlocks, initialBlocks, maximumBlocks, growthStepBlocks, snapshotLimit } =
    settings;
  const sizes = [blockCount, diffVolumeBlocks, initialBlocks, maximumBlocks, growthStepBlocks, snapshotLimit];
  return `Shadow Copy Lab, world ${world}, ${sizes.join(' ')}`;
}
