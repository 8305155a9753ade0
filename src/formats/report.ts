import { BLOCK_SIZE_BYTES } from '../core/block';
import type { LogRow } from '../core/describe/log';
import { protectionInfo } from '../core/describe/protection-info';
import { FAULT_NAMES, type FaultName } from '../core/fault';
import type { ImageProblem } from '../core/image-problem';
import { existingSnapshots, type Area } from '../core/machine';
import type { ProtectionLevel } from '../core/protection';
import { snapshotStamp } from '../core/read-path';
import type { ReplayReport } from '../core/replay/replay';
import type { LevelOutcome } from '../core/replay/replay-outcome';
import { failure, success, type Result } from '../core/result';
import { textOfFiletime } from './volume-image/filetime';
import type { ImageContent } from './volume-image/image-facts';
import { hexText, Sha256 } from './volume-image/sha256';
import { creationTimeOf, identityOf } from './volume-image/snapshot-identity';
import type { VolumeImage } from './volume-image/volume-image';
import type { ImagedWorld } from './volume-image/write-image';

const FORMAT = 'shadow-copy-lab.report';
const VERSION = 1;

/**
 * What a machine, an image or a trace came to, in one form (public/report.schema.json). Hashes are of whole volumes, as
 * resolved block by block.
 */
export interface Report {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  readonly source: 'simulation' | 'image' | 'trace';
  readonly title: string;
  /** None for a trace. */
  readonly worlds: readonly WorldReport[];
  /** Only for a trace. */
  readonly replay: ReplayReport['totals'] | null;
  /** Only for a trace that was replayed by the engine: what each level made of the same records. */
  readonly levels?: readonly LevelReport[];
}

/** Records are counted from 0; `null` where there is none. */
interface LevelReport {
  readonly protectionLevel: ProtectionLevel;
  /** The first that was met. */
  readonly protectionFault: FaultName;
  readonly faultAtRecord: number | null;
  readonly offlineAtRecord: number | null;
  readonly snapshotsTaken: number;
  readonly snapshotsLost: number;
  readonly lossAtRecord: number | null;
  /** Requests: a write of the trace that is too long for one is several. */
  readonly completedWrites: number;
  readonly failedWrites: number;
  readonly uniqueBlocksWritten: number;
  readonly copiesPerSnapshot: readonly number[];
}

interface WorldReport {
  readonly name: string;
  readonly protectionLevel: ProtectionLevel;
  readonly protectionFault: FaultName;
  readonly offlineForProtection: boolean;
  readonly live: { readonly sizeBytes: number; readonly sha256: string };
  /** Oldest first. */
  readonly snapshots: readonly SnapshotReport[];
  readonly snapshotsLost: number;
  readonly events: readonly EventReport[];
}

interface SnapshotReport {
  readonly number: number;
  /** Of the store, as libvshadow tells it. */
  readonly identifier: string;
  /** What vssadmin shows as the shadow copy ID, and the set. */
  readonly copyIdentifier: string;
  readonly copySetIdentifier: string;
  /** ISO 8601 with units of 100 ns; `null` for a time beyond the year 9999. */
  readonly createdAt: string | null;
  readonly sha256: string;
}

/** A row of the event log. `type`: what happened, or "refused". */
interface EventReport {
  readonly timeMs: number;
  readonly source: LogRow['source'];
  readonly severity: LogRow['severity'];
  readonly eventId: number | null;
  readonly fault: number | null;
  readonly type: string;
  /** How many more like it followed at once, without rows of their own. */
  readonly more?: number;
}

interface ReplayedLevels {
  readonly report: Pick<ReplayReport, 'totals'>;
  readonly outcomes: readonly LevelOutcome[];
}

/** How many bytes were hashed since the last time. */
type Hashed = number;

/** Bytes that lie at hand, or have to be fetched first. */
export type Fetched = Uint8Array | Promise<Uint8Array>;

export interface ReportedWorld extends ImagedWorld<Fetched> {
  readonly name: string;
  /** The event log of this world, in order. */
  readonly rows: readonly LogRow[];
}

/** Tells now and then how far it has come, so that it can be left at any time; returns the report. */
export async function* reportOfMachines(
  title: string,
  worlds: readonly ReportedWorld[],
): AsyncGenerator<Hashed, Report> {
  const reports: WorldReport[] = [];
  for (const world of worlds) reports.push(yield* reportOfWorld(world));
  return { ...headOf('simulation', title), worlds: reports, replay: null };
}

function headOf(source: Report['source'], title: string) {
  return { format: FORMAT, version: VERSION, source, title } as const;
}

async function* reportOfWorld(reported: ReportedWorld): AsyncGenerator<Hashed, WorldReport> {
  const { machine, name, rows } = reported;
  const { protectionLevel, protectionFault, offlineForProtection, snapshotsLost } = protectionInfo(machine);
  const sizeBytes = machine.live.length * BLOCK_SIZE_BYTES;
  const sha256 = yield* hashOfStamps(reported, (block) => machine.live.get(block));
  const snapshots: SnapshotReport[] = [];
  for (const area of existingSnapshots(machine)) snapshots.push(yield* reportOfSnapshot(reported, area));
  return {
    name,
    protectionLevel,
    protectionFault,
    offlineForProtection,
    live: { sizeBytes, sha256 },
    snapshots,
    snapshotsLost,
    events: rows.map(reportOfRow),
  };
}

async function* reportOfSnapshot(
  { world, ...rest }: ReportedWorld,
  area: Area,
): AsyncGenerator<Hashed, SnapshotReport> {
  const { machine } = rest;
  const { store, copy, copySet } = identityOf({ world, settings: machine.settings }, area);
  return {
    number: area.snapshot,
    identifier: store,
    copyIdentifier: copy,
    copySetIdentifier: copySet,
    createdAt: textOfFiletime(creationTimeOf(area)),
    sha256: yield* hashOfStamps({ world, ...rest }, (block) => snapshotStamp(machine, area.snapshot, block)),
  };
}

async function* hashOfStamps(
  { machine, contentOf }: ReportedWorld,
  stampOf: (block: number) => number,
): AsyncGenerator<Hashed, string> {
  const hash = new Sha256();
  for (let block = 0; block < machine.live.length; block += 1) {
    const content = contentOf(stampOf(block));
    hash.add(content instanceof Uint8Array ? content : await content);
    yield BLOCK_SIZE_BYTES;
  }
  return hexText(hash.finish());
}

function reportOfRow({ timeMs, source, severity, eventId, fault, what, more }: LogRow): EventReport {
  const type = 'event' in what ? what.event.type : 'refused';
  const row = { timeMs, source, severity, eventId, fault, type };
  return more === undefined ? row : { ...row, more };
}

/** The same for an opened image: its snapshots as libvshadow reads them, numbered from 1 for the oldest. */
export async function* reportOfImage(
  title: string,
  name: string,
  image: VolumeImage,
): AsyncGenerator<Hashed, Result<Report, ImageProblem>> {
  const hashes: string[] = [];
  for (const content of ['live', ...image.stores.keys()] as const) {
    const hash = yield* hashOfContent(image, content);
    if (!hash.ok) return hash;
    hashes.push(hash.value);
  }
  const [live, ...snapshots] = hashes;
  const world: WorldReport = {
    name,
    protectionLevel: image.header.isProtected ? 'SNAPSHOT' : 'ORIGINAL_VOLUME',
    protectionFault: 'NONE',
    offlineForProtection: false,
    live: { sizeBytes: image.sizeBytes, sha256: live! },
    snapshots: snapshots.map((sha256, index) => reportOfStore(image, index, sha256)),
    snapshotsLost: 0,
    events: [],
  };
  return success({ ...headOf('image', title), worlds: [world], replay: null });
}

function reportOfStore(image: VolumeImage, index: number, sha256: string): SnapshotReport {
  const { entry, information } = image.stores[index]!;
  return {
    number: index + 1,
    identifier: entry.store,
    copyIdentifier: information.copy,
    copySetIdentifier: information.copySet,
    createdAt: textOfFiletime(entry.createdAt),
    sha256,
  };
}

async function* hashOfContent(
  image: VolumeImage,
  content: ImageContent,
): AsyncGenerator<Hashed, Result<string, ImageProblem>> {
  const hash = new Sha256();
  for (let block = 0; block < image.blockCountOf(content); block += 1) {
    const read = await image.readBlock(content, block);
    if (!read.ok) return failure(read.problem);
    hash.add(read.value.bytes);
    yield read.value.bytes.length;
  }
  return success(hexText(hash.finish()));
}

export function reportOfReplay(title: string, { totals }: Pick<ReplayReport, 'totals'>): Report {
  return { ...headOf('trace', title), worlds: [], replay: totals };
}

/** The same for a trace that was also replayed by the engine. */
export function reportOfLevels(title: string, { report, outcomes }: ReplayedLevels): Report {
  return { ...reportOfReplay(title, report), levels: outcomes.map(reportOfLevel) };
}

function reportOfLevel({ level, fault, access: _access, ...counts }: LevelOutcome): LevelReport {
  return {
    protectionLevel: level,
    protectionFault: FAULT_NAMES[fault?.fault ?? 0],
    faultAtRecord: fault?.atRecord ?? null,
    ...counts,
  };
}

export function printReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
