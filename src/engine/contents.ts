import { BLOCK_SIZE_BYTES } from '../core/block';
import { hashOfBytes } from '../core/content';
import type { Damage, EngineProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import type { StartContents } from '../core/scenario';
import type { Answers, KeptContents } from '../protocol/answer';
import type { ContentPiece, Request } from '../protocol/request';
import { BLOCKS_PER_SEGMENT } from '../storage/laboratory-store';
import type { Keeper } from './keeper';
import type { Workbench } from './workbench';

/** What is asked about the bytes that volumes brought along. */
export type ContentRequest = Request & {
  readonly type: 'keepContents' | 'dropContents' | 'readContents';
};

type ContentAnswer = Answers[ContentRequest['type']];

/** @param onDamage hears of contents that are not what their start says */
export async function carryOutForContents(
  bench: Workbench,
  keeper: Keeper,
  request: ContentRequest,
  onDamage: (damage: Damage) => void,
): Promise<Result<ContentAnswer, EngineProblem>> {
  switch (request.type) {
    case 'keepContents':
      return keepContents(bench, keeper, request);
    case 'dropContents':
      return dropContents(bench, keeper, request.start);
    case 'readContents':
      return readContents(bench, keeper, request.piece, onDamage);
  }
}

async function keepContents(
  bench: Workbench,
  keeper: Keeper,
  { piece, bytes }: Request & { readonly type: 'keepContents' },
): Promise<Result<ContentAnswer, EngineProblem>> {
  const flaw = reasonAgainst(bench, piece.start);
  if (flaw !== null) return failure({ kind: 'malformed', place: 'request.piece.start', reason: flaw });
  const kept = await keeper.keepPieces([{ ...piece, bytes }]);
  return kept.ok ? success({ isKept: true }) : failure({ kind: 'notCommitted', problem: kept.problem });
}

/** Contents that somebody refers to stay as they are, and none come to a number that was not given away. */
function reasonAgainst({ state, starts }: Workbench, number: number): string | null {
  if (number >= state.nextBranch) return `It was not begun: ${number}`;
  const isUsed = [...starts.values()].some(({ start }) => start.contents?.start === number);
  return isUsed || starts.has(number) ? `It is in use: ${number}` : null;
}

async function dropContents(
  bench: Workbench,
  keeper: Keeper,
  number: number,
): Promise<Result<ContentAnswer, EngineProblem>> {
  const flaw = reasonAgainst(bench, number);
  if (flaw !== null) return failure({ kind: 'malformed', place: 'request.start', reason: flaw });
  const dropped = await keeper.dropPieces(number);
  return dropped.ok
    ? success({ isKept: false })
    : failure({ kind: 'notCommitted', problem: dropped.problem });
}

async function readContents(
  bench: Workbench,
  keeper: Keeper,
  piece: ContentPiece,
  onDamage: (damage: Damage) => void,
): Promise<Result<ContentAnswer, EngineProblem>> {
  const read = await keeper.readPiece(piece);
  if (!read.ok) return failure({ kind: 'notRead', problem: read.problem });
  const row = read.value;
  const bytes = row.kind === 'bytes' ? row.bytes : null;
  const reason =
    row.kind === 'unreadable' ? row.reason : bytes === null ? 'it is missing' : 'its bytes are others';
  const contents = contentsOf(bench, piece.start);
  const damaged = contents === null ? [] : damagedIn(contents, piece.piece, bytes);
  if (damaged.length > 0) {
    const first = piece.piece * BLOCKS_PER_SEGMENT;
    const numbers = damaged.map((position) => first + position);
    onDamage({ kind: 'contentDamaged', start: piece.start, contents: numbers, reason });
  }
  const answer: KeptContents = { bytes, damaged };
  return success(answer);
}

function contentsOf({ starts }: Workbench, number: number): StartContents | null {
  for (const { start } of starts.values()) if (start.contents?.start === number) return start.contents;
  return null;
}

function damagedIn(
  { hashes }: StartContents,
  piece: number,
  bytes: Uint8Array<ArrayBuffer> | null,
): readonly number[] {
  const first = piece * BLOCKS_PER_SEGMENT;
  const count = Math.max(0, Math.min(BLOCKS_PER_SEGMENT, hashes.length - first));
  const positions = Array.from({ length: count }, (_, position) => position);
  return positions.filter((position) => {
    const at = position * BLOCK_SIZE_BYTES;
    const content = bytes?.subarray(at, at + BLOCK_SIZE_BYTES);
    return content?.length !== BLOCK_SIZE_BYTES || hashOfBytes(content) !== hashes.get(first + position);
  });
}
