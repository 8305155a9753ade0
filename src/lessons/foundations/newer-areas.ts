import type { Lesson } from '../../core/lesson/lesson';
import {
  answer,
  every,
  oneWorld,
  readSnapshot,
  SNAPSHOT,
  snapshotReads,
  snapshots,
  used,
  write,
} from '../making';

export const NEWER_AREAS: Lesson = {
  id: 'newer-areas',
  title: 'Several snapshots: reading through newer ones',
  aim: 'Trace where a block of an old snapshot is read from.',
  scenario: oneWorld('off'),
  before: [write(2, 'January'), write(3, 'the plan'), SNAPSHOT],
  beats: [
    {
      kind: 'tell',
      text: 'After snapshot 1 nothing was overwritten; now snapshot 2 is taken.',
      highlight: { part: 'shelf' },
      commands: [SNAPSHOT],
      expect: every(snapshots(2), used(0)),
    },
    {
      kind: 'predict',
      question: 'Block 2 is overwritten. Both snapshots need "January". How many copies are made?',
      highlight: { part: 'block', number: 2 },
      answers: [
        answer(
          'One, in the area of snapshot 2.',
          every(
            used(1),
            { kind: 'copies', snapshot: 2, count: 1 },
            { kind: 'copies', snapshot: 1, count: 0 },
          ),
          'Right: only the newest area receives copies, and the older snapshot reads through it.',
        ),
        answer(
          'Two, one for each snapshot.',
          every(used(2)),
          'That would make every snapshot as dear as all before it together; one copy serves both.',
        ),
        answer(
          'One, in the area of snapshot 1, which is older.',
          every(used(1), { kind: 'copies', snapshot: 1, count: 1 }),
          'An area receives copies only while its snapshot is the newest; that of snapshot 1 is closed.',
        ),
      ],
      commands: [write(2, 'February')],
      because: 'Areas form a chain from oldest to newest, and the last of the chain is the one that fills.',
    },
    {
      kind: 'tell',
      text: 'Snapshot 1 looks in its own area, finds nothing, looks in the next newer one, and finds January there.',
      highlight: { part: 'snapshot', number: 1 },
      commands: [readSnapshot(1, 2)],
      expect: every(snapshotReads(1, 2, 'January'), { kind: 'copies', snapshot: 1, count: 0 }),
    },
    {
      kind: 'tell',
      text: 'Block 3 was never overwritten: both snapshots find it in no area, and read it from the live volume.',
      highlight: { part: 'block', number: 3 },
      commands: [readSnapshot(1, 3)],
      expect: every(snapshotReads(1, 3, 'the plan'), snapshotReads(2, 3, 'the plan')),
    },
    {
      kind: 'task',
      text: 'Make a snapshot 3 that reads "February" in block 2 while the live volume reads something else.',
      highlight: { part: 'block', number: 2 },
      goal: every(snapshots(3), snapshotReads(3, 2, 'February'), { kind: 'copies', snapshot: 3, count: 1 }),
      solution: [SNAPSHOT, write(2, 'March')],
      hints: ['First the snapshot, then the write: a snapshot shows the moment at which it was taken.'],
      detours: [
        {
          claims: every(snapshots(3), { kind: 'copies', snapshot: 3, count: 0 }),
          feedback: 'Snapshot 3 has no copy: block 2 has not been overwritten since it was taken.',
          example: [write(2, 'March'), SNAPSHOT],
        },
      ],
    },
    {
      kind: 'tell',
      text: 'Three snapshots, two copies: the older ones read through the newer areas, and so depend on them.',
      highlight: { part: 'diffArea' },
      commands: [readSnapshot(1, 2)],
      expect: every(used(2), snapshotReads(1, 2, 'January'), snapshotReads(2, 2, 'January')),
    },
  ],
};
