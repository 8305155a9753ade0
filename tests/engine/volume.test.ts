/** A laboratory that begins with a volume image: its contents come first, the branch in one transaction, or nothing. */
import { describe, expect, test } from 'vitest';
import { required } from '../../src/core/assert';
import { BLOCK_SIZE_BYTES } from '../../src/core/block';
import { currentBranch } from '../../src/core/laboratory';
import { existingSnapshots } from '../../src/core/machine';
import { snapshotStamp } from '../../src/core/read-path';
import { holdStart } from '../../src/formats/kept-start';
import { ImageImport } from '../../src/formats/volume-image/image-import';
import type { Answers } from '../../src/protocol/answer';
import { opened, sourceOfBytes } from '../formats/volume-image/reading';
import { imageBytes, WORLDS } from '../formats/volume-image/worlds';
import { Harness, historyOf, problem, reopened, value, writeText } from './harness';

interface Volume {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly kept: (number: number) => unknown;
}

/** More contents than one piece holds, two snapshots. */
async function volume(name = 'more copies than one block of the block list holds'): Promise<Volume> {
  const job = value(ImageImport.of(await opened(sourceOfBytes(imageBytes(WORLDS[name]!())))));
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (;;) {
    const { bytes, isLast } = value(await job.next());
    if (bytes.length > 0) pieces.push(bytes);
    if (isLast) break;
  }
  return {
    pieces,
    kept: (number) => {
      const { start, scenario } = job.finish(number);
      return holdStart(start, scenario).kept;
    },
  };
}

async function begin(lab: Harness, { pieces }: Volume): Promise<number> {
  const begun = value(await lab.ask({ type: 'beginVolume' }));
  const start = begun.state.nextBranch - 1;
  for (const [piece, bytes] of pieces.entries()) {
    value(await lab.ask({ type: 'keepContents', piece: { start, piece }, bytes }));
  }
  return start;
}

async function started(lab: Harness, brought: Volume): Promise<Answers['startVolume'] & { number: number }> {
  await lab.open();
  const number = await begin(lab, brought);
  const answer = value(
    await lab.ask({ type: 'startVolume', start: brought.kept(number), name: 'volume.raw' }),
  );
  return { ...answer, number };
}

function piecesOn(lab: Harness): readonly string[] {
  return [...lab.disk.keys()].filter((key) => key.startsWith('["content"'));
}

describe('a volume that was brought in', () => {
  test('is a branch of its own, and is there again after a reload', async () => {
    const lab = new Harness();
    const brought = await volume();
    const { state } = await started(lab, brought);
    const again = await reopened(lab.disk);

    expect(currentBranch(state)).toMatchObject({ name: 'volume.raw', origin: { kind: 'image' }, tip: null });
    expect(again.state).toEqual(state);
    expect(again.damages).toEqual([]);
    expect(existingSnapshots(historyOf(again).machines[1]!)).toHaveLength(2);
    expect(piecesOn(lab)).toHaveLength(brought.pieces.length);
  });

  test('gives every byte back', async () => {
    const lab = new Harness();
    const brought = await volume();
    const { number } = await started(lab, brought);

    for (const [piece, bytes] of brought.pieces.entries()) {
      const read = value(await lab.ask({ type: 'readContents', piece: { start: number, piece } }));
      expect(Buffer.compare(read.bytes!, bytes)).toBe(0);
      expect(read.damaged).toEqual([]);
    }
  });

  test('is struck like any other: a write copies what came along, and the copy is no second one', async () => {
    const lab = new Harness();
    const { state } = await started(lab, await volume());
    const before = piecesOn(lab).length;
    value(await lab.act(writeText(3, 'new'), state.currentBranch));
    const history = historyOf(await lab.open());
    const [machine] = history.machines;
    const newest = existingSnapshots(machine!).at(-1)!.snapshot;

    expect(history.recipeOf(0, snapshotStamp(machine!, newest, 3)).kind).toBe('stored');
    expect(history.recipeOf(0, machine!.live.get(3))).toMatchObject({ text: 'new' });
    expect(piecesOn(lab)).toHaveLength(before);
    const stored = value(await lab.ask({ type: 'readStored', world: 'on', part: 'block', number: 4 }));
    expect(stored).toMatchObject({ agreesWithLog: true });
  });

  test('keeps its contents for as long as a start needs them: they outlive a trim, and go with the branch', async () => {
    const lab = new Harness();
    const brought = await volume();
    const { state, number } = await started(lab, brought);
    value(await lab.act(writeText(3, 'new'), state.currentBranch));
    const trimmed = value(await lab.ask({ type: 'trim', branch: state.currentBranch, position: 'end' }));
    const history = historyOf(await reopened(lab.disk));
    const recipe = history.recipeOf(1, history.machines[1]!.live.get(4));

    expect(recipe).toMatchObject({ kind: 'stored', start: number });
    expect(piecesOn(lab)).toHaveLength(brought.pieces.length);
    await lab.ask({ type: 'switchBranch', branch: 1 });
    value(await lab.ask({ type: 'deleteBranch', branch: trimmed.state.currentBranch }));
    expect(piecesOn(lab)).toEqual([]);
  });
});

test('a volume is found again when the list of branches is lost', async () => {
  const lab = new Harness();
  await started(lab, await volume());
  lab.disk.delete('["meta"]');
  const again = await reopened(lab.disk);

  expect(again.damages).toMatchObject([{ kind: 'stateRebuilt' }]);
  expect(again.state.branches.map(({ origin }) => origin.kind)).toContain('image');
});

describe('a volume that did not come whole', () => {
  test('leaves nothing when it is given up', async () => {
    const lab = new Harness();
    const before = await lab.open();
    const number = await begin(lab, await volume());
    value(await lab.ask({ type: 'dropContents', start: number }));
    const again = await reopened(lab.disk);

    expect(piecesOn(lab)).toEqual([]);
    expect(again.state.branches).toEqual(before.state.branches);
  });

  test('is swept away when the laboratory is opened next', async () => {
    const lab = new Harness();
    const before = await lab.open();
    await begin(lab, await volume());
    const disk = new Map(lab.disk);
    const again = await new Harness({ disk }).open();

    expect(piecesOn(lab).length).toBeGreaterThan(0);
    expect([...disk.keys()].filter((key) => key.startsWith('["content"'))).toEqual([]);
    expect([again.state.branches, again.damages]).toEqual([before.state.branches, []]);
  });

  test('does not come under a number that was not given away, or is in use', async () => {
    const lab = new Harness();
    const brought = await volume();
    const { number } = await started(lab, brought);
    const bytes = brought.pieces[0]!;
    const refusals = [
      await lab.ask({ type: 'keepContents', piece: { start: number, piece: 0 }, bytes }),
      await lab.ask({ type: 'keepContents', piece: { start: 99, piece: 0 }, bytes }),
      await lab.ask({ type: 'dropContents', start: number }),
      await lab.ask({ type: 'startVolume', start: brought.kept(number), name: '' }),
      await lab.ask({ type: 'startVolume', start: brought.kept(99), name: '' }),
      await lab.ask({ type: 'startVolume', start: { id: 1 }, name: '' }),
    ];

    expect(refusals.map((refusal) => problem<{ readonly kind: string }>(refusal).kind)).toEqual(
      refusals.map(() => 'malformed'),
    );
  });
});

test('contents that are not what the start says are told of, and never shown as if they were', async () => {
  const lab = new Harness();
  const brought = await volume();
  const { number } = await started(lab, brought);
  const key = `["content",${number},0]`;
  const row = required(lab.disk.get(key), 'the first piece') as Uint8Array;
  row[2 * BLOCK_SIZE_BYTES + 5]! ^= 1;
  const read = value(await lab.ask({ type: 'readContents', piece: { start: number, piece: 0 } }));
  lab.disk.delete(`["content",${number},1]`);
  const missing = value(await lab.ask({ type: 'readContents', piece: { start: number, piece: 1 } }));
  await lab.settled();

  expect(read.damaged).toEqual([2]);
  expect(missing.bytes).toBeNull();
  expect(missing.damaged).toHaveLength(64);
  expect(lab.notices).toMatchObject([
    { type: 'damaged', damages: [{ kind: 'contentDamaged', start: number, contents: [2] }] },
    { type: 'damaged', damages: [{ kind: 'contentDamaged', start: number, reason: 'it is missing' }] },
  ]);
});
