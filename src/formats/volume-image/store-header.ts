import { BLOCK_SIZE_BYTES } from '../../core/block';
import { BLOCK_HEADER_SIZE_BYTES } from './block-header';
import { guidBytes, readGuid } from './guid';
import { viewOf, writeU64 } from './numbers';

/** The same in every store that was looked at; what it stands for is not known. */
const CONSTANT = 'ae9a9337-0048-4ed6-9874-71500654b7b3';
/** Where the names begin, from the start of the information. */
const FIXED_SIZE_BYTES = 64;

/** VSS_CTX_CLIENT_ACCESSIBLE (vss.h): the kind of snapshot that shared folders and vssadmin make. */
const CLIENT_ACCESSIBLE = 0x1d;
/** The attributes of that context, and VSS_VOLSNAP_ATTR_DIFFERENTIAL (vss.h). */
const ATTRIBUTES = 0x2_0000 | CLIENT_ACCESSIBLE;

/** What a store says of its snapshot: the application information of a shadow copy. */
export interface StoreInformation {
  /** What vssadmin shows as the shadow copy ID. */
  readonly copy: string;
  readonly copySet: string;
  readonly context: number;
  readonly attributes: number;
  readonly operatingMachine: string;
  readonly serviceMachine: string;
}

/** @param machine the name of both machines; short enough for the block */
export function fillStoreHeader(
  block: Uint8Array,
  { copy, copySet, machine }: { readonly copy: string; readonly copySet: string; readonly machine: string },
): void {
  const view = viewOf(block);
  const start = BLOCK_HEADER_SIZE_BYTES;
  block.set(guidBytes(CONSTANT), start);
  block.set(guidBytes(copy), start + 16);
  block.set(guidBytes(copySet), start + 32);
  view.setUint32(start + 48, CLIENT_ACCESSIBLE, true);
  view.setUint32(start + 52, 1, true);
  view.setUint32(start + 56, ATTRIBUTES, true);
  const between = writeText(view, start + FIXED_SIZE_BYTES, machine);
  const end = writeText(view, between, machine);
  // The size of the information stands in the header.
  writeU64(view, 48, end - start);
}

/** @returns the place behind it */
function writeText(view: DataView, at: number, text: string): number {
  view.setUint16(at, 2 * text.length, true);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(at + 2 + 2 * index, text.charCodeAt(index), true);
  }
  return at + 2 + 2 * text.length;
}

/** `null` when a name does not lie within the block. */
export function parseStoreHeader(block: Uint8Array): StoreInformation | null {
  const view = viewOf(block);
  const start = BLOCK_HEADER_SIZE_BYTES;
  const operating = readText(view, start + FIXED_SIZE_BYTES);
  const service = operating && readText(view, operating.end);
  if (operating === null || service === null) return null;
  return {
    copy: readGuid(block, start + 16),
    copySet: readGuid(block, start + 32),
    context: view.getUint32(start + 48, true),
    attributes: view.getUint32(start + 56, true),
    operatingMachine: operating.text,
    serviceMachine: service.text,
  };
}

function readText(view: DataView, at: number): { readonly text: string; readonly end: number } | null {
  if (at + 2 > BLOCK_SIZE_BYTES) return null;
  const units = view.getUint16(at, true) >>> 1;
  const end = at + 2 + 2 * units;
  if (end > BLOCK_SIZE_BYTES) return null;
  let text = '';
  for (let place = at + 2; place < end; place += 2) text += String.fromCharCode(view.getUint16(place, true));
  return { text: text.replace(/\0+$/, ''), end };
}
