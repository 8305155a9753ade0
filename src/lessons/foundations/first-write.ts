import type { Lesson } from '../../core/lesson/lesson';
import {
  answer,
  every,
  liveReads,
  oneWorld,
  readSnapshot,
  SNAPSHOT,
  snapshotReads,
  snapshots,
  used,
  write,
} from '../making';

export const FIRST_WRITE: Lesson = {
  id: 'first-write',
  title: 'The first write after a snapshot',
  aim: 'Name the stages of a copy-on-write, and say why their order matters.',
  scenario: oneWorld('off'),
  before: [write(5, 'Monday: the first draft'), write(6, 'Monday: the accounts')],
  beats: [
    {
      kind: 'tell',
      text: 'A snapshot is taken: writes are held for a moment, and not one block is copied.',
      highlight: { part: 'snapshot', number: 1 },
      commands: [SNAPSHOT],
      expect: every(snapshots(1), used(0)),
    },
    {
      kind: 'tell',
      text: 'The snapshot already reads block 5: from the live volume itself, where its content still lies.',
      highlight: { part: 'block', number: 5 },
      commands: [readSnapshot(1, 5)],
      expect: every(snapshotReads(1, 5, 'Monday: the first draft'), used(0)),
    },
    {
      kind: 'predict',
      question:
        'Block 5 is overwritten for the first time since the snapshot. What does the snapshot read there afterwards?',
      highlight: { part: 'block', number: 5 },
      answers: [
        answer(
          'The old content, from the diff area.',
          every(snapshotReads(1, 5, 'Monday: the first draft'), used(1)),
          'Right: before the overwrite the old block was read, copied to a slot and recorded.',
        ),
        answer(
          'The new content, because the block was overwritten.',
          every(snapshotReads(1, 5, 'Tuesday: the second draft')),
          'A snapshot is not a second name for the live volume: it shows the volume as it was when it was taken.',
        ),
        answer(
          'The old content, from a full copy made with the snapshot.',
          every(snapshotReads(1, 5, 'Monday: the first draft'), used(16)),
          'Nothing is copied when a snapshot is taken: a block is copied when it is about to be overwritten.',
        ),
      ],
      commands: [write(5, 'Tuesday: the second draft')],
      because:
        'Copy first, overwrite afterwards: that is copy-on-write, and it is why the snapshot loses nothing.',
    },
    {
      kind: 'tell',
      text: 'The write cost more than a plain one: the old block was read, written to its slot, and recorded in the table.',
      highlight: { part: 'slot', number: 0 },
      commands: [readSnapshot(1, 5)],
      expect: every({ kind: 'copies', snapshot: 1, count: 1 }, liveReads(5, 'Tuesday: the second draft')),
    },
    {
      kind: 'byHand',
      text: 'Now you do the copy-on-write: block 6 is about to be overwritten, and snapshot 1 still needs it.',
      block: 6,
      content: { kind: 'text', text: 'Tuesday: new accounts' },
    },
    {
      kind: 'tell',
      text: 'Two old blocks are safe, and both live blocks are new.',
      highlight: { part: 'diffArea' },
      commands: [],
      expect: every(
        used(2),
        snapshotReads(1, 6, 'Monday: the accounts'),
        liveReads(6, 'Tuesday: new accounts'),
      ),
    },
  ],
};
