import type { Lesson } from '../../core/lesson/lesson';
import { answer, every, oneWorld, SNAPSHOT, snapshotReads, snapshots, used, write } from '../making';

export const DELETING_IN_THE_MIDDLE: Lesson = {
  id: 'deleting-in-the-middle',
  title: 'Deleting in the middle',
  aim: 'Say which deletion gives slots back, and when.',
  scenario: oneWorld('off'),
  before: [
    write(1, 'one'),
    write(2, 'two'),
    write(3, 'three'),
    SNAPSHOT,
    write(1, 'one, changed'),
    SNAPSHOT,
    write(2, 'two, changed'),
    SNAPSHOT,
    write(3, 'three, changed'),
  ],
  beats: [
    {
      kind: 'tell',
      text: 'Three snapshots, and each area holds one copy: three slots are in use.',
      highlight: { part: 'diffArea' },
      commands: [],
      expect: every(snapshots(3), used(3)),
    },
    {
      kind: 'predict',
      question: 'Snapshot 2, the middle one, is deleted. How many slots are free again?',
      highlight: { part: 'snapshot', number: 2 },
      answers: [
        answer(
          'None yet.',
          every(snapshots(2), used(3), snapshotReads(1, 2, 'two')),
          'Right: snapshot 1 still reads block 2 through the area of the deleted snapshot, so that area is retained.',
        ),
        answer(
          'One: its own.',
          every(used(2)),
          'Then snapshot 1 would find block 2 overwritten: it reads that block through the area of snapshot 2.',
        ),
        answer(
          'One, and its copy moves into the area of snapshot 1.',
          every(used(3), { kind: 'copies', snapshot: 1, count: 2 }),
          'Copies are never moved: the area stays where it is until no older snapshot needs it.',
        ),
      ],
      commands: [{ type: 'deleteSnapshot', snapshot: 2 }],
      because:
        'The space of a deleted snapshot comes back only when every older snapshot is deleted too (text of event 106).',
    },
    {
      kind: 'tell',
      text: 'Snapshot 2 cannot be looked at any more, but snapshot 1 reads exactly what it read before.',
      highlight: { part: 'snapshot', number: 1 },
      commands: [{ type: 'read', block: 2, from: { snapshot: 1 } }],
      expect: every(snapshotReads(1, 2, 'two'), snapshotReads(1, 3, 'three'), used(3)),
    },
    {
      kind: 'predict',
      question: 'Now snapshot 1, the oldest one, is deleted. How many slots are free again?',
      highlight: { part: 'snapshot', number: 1 },
      answers: [
        answer(
          'Two: its own and that of snapshot 2.',
          every(used(1), snapshots(1)),
          'Right: nobody older is left to read through the area of snapshot 2, so both areas go.',
        ),
        answer(
          'One: its own.',
          every(used(2)),
          'The retained area waited for just this: with snapshot 1 its last reader goes.',
        ),
        answer('All three.', every(used(0)), 'Snapshot 3 exists and still needs the copy in its own area.'),
      ],
      commands: [{ type: 'deleteSnapshot', snapshot: 1 }],
      because: 'An area is released as soon as no existing snapshot is older than it.',
    },
    {
      kind: 'task',
      text: 'Give the whole diff area back.',
      highlight: { part: 'diffArea' },
      goal: every(snapshots(0), used(0), { kind: 'allocated', blocks: 0 }),
      solution: [{ type: 'deleteSnapshot', snapshot: 3 }],
      hints: ['The diff area exists for the snapshots; with the last one it goes.'],
      detours: [
        {
          claims: every(snapshots(2)),
          feedback: 'Another snapshot keeps the diff area in use.',
          example: [SNAPSHOT],
        },
      ],
    },
  ],
};
