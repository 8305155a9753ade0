import type { Command } from '../core/command';
import type { FaultNumber } from '../core/fault';
import type { ExpectedFact, Expectation } from '../core/lesson/expectation';
import type { Answer } from '../core/lesson/lesson';
import { DEFAULT_SETTINGS, type MachineSettings } from '../core/machine';
import type { SwitchCondition } from '../core/condition';
import { WORLD_IDS, type Scenario, type WorldId } from '../core/scenario';

/** A notation for lessons, so that a beat reads as what it says. */

/** A machine small enough to be seen whole. */
const SMALL: Partial<MachineSettings> = { blockCount: 16, diffVolumeBlocks: 16, maximumBlocks: 16 };

export function oneWorld(world: WorldId, settings: Partial<MachineSettings> = {}): Scenario {
  return { settings: { ...DEFAULT_SETTINGS, ...SMALL, ...settings }, worlds: [world] };
}

export function bothWorlds(settings: Partial<MachineSettings> = {}): Scenario {
  return { settings: { ...DEFAULT_SETTINGS, ...SMALL, ...settings }, worlds: WORLD_IDS };
}

export function write(block: number, text: string): Command {
  return { type: 'write', block, count: 1, content: { kind: 'text', text } };
}

/** `writes` blocks from `block` on, one after the other. */
export function burst(block: number, writes: number): Command {
  return { type: 'writeBurst', order: 'sequential', block, span: writes, from: 0, writes, seed: 1 };
}

export const SNAPSHOT: Command = { type: 'createSnapshot' };
export const CLEAR: Command = { type: 'clearProtectionFault' };
export const LEAVE_PROTECTION: Command = { type: 'setProtectionLevel', level: 'ORIGINAL_VOLUME' };
export const PROTECT: Command = { type: 'setProtectionLevel', level: 'SNAPSHOT' };
export const OFFLINE: Command = { type: 'takeOffline' };
export const ONLINE: Command = { type: 'bringOnline' };
export const DETACH: Command = { type: 'detachDiffVolume' };
export const ATTACH: Command = { type: 'attachDiffVolume' };

export function broken(name: SwitchCondition): Command {
  return { type: 'break', condition: { name } };
}

export function repaired(name: SwitchCondition): Command {
  return { type: 'repair', condition: { name } };
}

export function readLive(block: number): Command {
  return { type: 'read', block, from: 'live' };
}

export function readSnapshot(snapshot: number, block: number): Command {
  return { type: 'read', block, from: { snapshot } };
}

export function every(...facts: readonly ExpectedFact[]): readonly Expectation[] {
  return facts.map((fact) => ({ world: 'every', fact }));
}

export function inWorld(world: WorldId, ...facts: readonly ExpectedFact[]): readonly Expectation[] {
  return facts.map((fact) => ({ world, fact }));
}

export function liveReads(block: number, text: string): ExpectedFact {
  return { kind: 'reads', from: 'live', block, text };
}

export function snapshotReads(snapshot: number, block: number, text: string): ExpectedFact {
  return { kind: 'reads', from: { snapshot }, block, text };
}

export function snapshots(count: number): ExpectedFact {
  return { kind: 'snapshots', count };
}

export function used(blocks: number): ExpectedFact {
  return { kind: 'used', blocks };
}

export function fault(number: FaultNumber | 0): ExpectedFact {
  return { kind: 'fault', fault: number };
}

export const IS_ONLINE: ExpectedFact = { kind: 'access', access: 'online' };
export const IS_BLOCKED: ExpectedFact = { kind: 'access', access: 'offlineForProtection' };

export function answer(text: string, claims: readonly Expectation[], feedback: string): Answer {
  return { text, claims, feedback };
}
