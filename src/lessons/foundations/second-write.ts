import type { Lesson } from '../../core/lesson/lesson';
import { answer, every, liveReads, oneWorld, SNAPSHOT, snapshotReads, used, write } from '../making';

export const SECOND_WRITE: Lesson = {
  id: 'second-write',
  title: 'The second write',
  aim: 'Say when a write copies and when it does not.',
  scenario: oneWorld('off'),
  before: [write(5, 'Monday: the first draft'), SNAPSHOT],
  beats: [
    {
      kind: 'tell',
      text: 'The first overwrite of block 5 saves its old content in the diff area.',
      highlight: { part: 'slot', number: 0 },
      commands: [write(5, 'Tuesday: the second draft')],
      expect: every(used(1), snapshotReads(1, 5, 'Monday: the first draft')),
    },
    {
      kind: 'predict',
      question: 'Block 5 is overwritten a second time. How many blocks does the diff area hold afterwards?',
      highlight: { part: 'diffArea' },
      answers: [
        answer(
          'One, as before.',
          every(used(1), snapshotReads(1, 5, 'Monday: the first draft')),
          'Right: what the snapshot needs is safe already, and it does not need Tuesday.',
        ),
        answer(
          'Two: Monday and Tuesday.',
          every(used(2)),
          'A snapshot is one moment, not a history: what block 5 held after that moment belongs to no snapshot.',
        ),
        answer(
          'One, but now it is Tuesday.',
          every(used(1), snapshotReads(1, 5, 'Tuesday: the second draft')),
          'A copy is never replaced: it is the content at the moment of the snapshot, and stays that.',
        ),
      ],
      commands: [write(5, 'Wednesday: the third draft')],
      because:
        'The look-up finds that the newest area has a copy of block 5 already, so the write goes straight to the overwrite.',
    },
    {
      kind: 'tell',
      text: 'The second write was a plain one: its request passed the gate, was looked up, and overwrote the block.',
      highlight: { part: 'timeline' },
      commands: [],
      expect: every(liveReads(5, 'Wednesday: the third draft'), { kind: 'copies', snapshot: 1, count: 1 }),
    },
    {
      kind: 'predict',
      question: 'A second snapshot is taken, and block 5 is overwritten again. Is something copied?',
      highlight: { part: 'shelf' },
      answers: [
        answer(
          'Yes: Wednesday, for the new snapshot.',
          every(used(2), snapshotReads(2, 5, 'Wednesday: the third draft')),
          'Right: "the first write" is counted anew with every snapshot.',
        ),
        answer(
          'No: block 5 was copied before.',
          every(used(1)),
          'That copy belongs to snapshot 1. Snapshot 2 was taken later and needs what the block held then.',
        ),
        answer(
          'Yes, twice: once for each snapshot.',
          every(used(3)),
          'Only the newest area receives copies; an older snapshot that needs one reads through the newer area.',
        ),
      ],
      commands: [SNAPSHOT, write(5, 'Thursday: the fourth draft')],
      because: 'With a new snapshot a new, empty area is the newest one, and it has no copy of block 5.',
    },
    {
      kind: 'task',
      text: 'Make the diff area hold three blocks, without a third snapshot.',
      highlight: { part: 'diffArea' },
      goal: every(used(3), { kind: 'snapshots', count: 2 }),
      solution: [write(7, 'a new letter')],
      hints: ['Which blocks has the newest area no copy of yet?', 'Write any block but block 5.'],
      detours: [
        {
          claims: every(used(2), { kind: 'snapshots', count: 2 }),
          feedback: 'That block has its copy in the newest area already: writing it again copies nothing.',
          example: [write(5, 'Friday')],
        },
      ],
    },
  ],
};
