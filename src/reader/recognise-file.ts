import { fileKindOf } from '../formats/file-kind';
import type { RecognisedFile } from '../formats/recognised-file';
import { recogniseTrace, TRACE_HEAD_BYTES } from '../formats/trace/recognise';
import { isNtfs } from '../formats/volume-image/boot-sector';
import { partitionsOf } from '../formats/volume-image/partition';
import { isQcow2 } from '../formats/volume-image/qcow2';
import type { FileBytes } from '../protocol/reader-message';
import { sourceOfFile } from './file-source';

export async function recogniseFile(file: FileBytes): Promise<RecognisedFile> {
  if (file.size === 0) return { kind: 'empty' };
  try {
    const head = new Uint8Array(await file.slice(0, TRACE_HEAD_BYTES).arrayBuffer());
    return await recogniseHead(file, head);
  } catch {
    // Folders are dropped like files, and files go away.
    return { kind: 'unreadable' };
  }
}

async function recogniseHead(file: FileBytes, head: Uint8Array): Promise<RecognisedFile> {
  const text = new TextDecoder().decode(head);
  const own = fileKindOf(text);
  if (own !== null) return { kind: own };
  if (await isImage(file, head)) return { kind: 'image' };
  const recognition = recogniseTrace(head);
  if (recognition !== null) return { kind: 'trace', recognition };
  // Whoever changed a laboratory file by hand is told the place of the flaw.
  return { kind: /^\s*\{/.test(text) ? 'laboratory' : 'unknown' };
}

async function isImage(file: FileBytes, head: Uint8Array): Promise<boolean> {
  const source = sourceOfFile(file);
  return isNtfs(head) || (await isQcow2(source)) || (await partitionsOf(source)).length > 0;
}
