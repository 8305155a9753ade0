import type { Lesson } from '../../core/lesson/lesson';
import {
  answer,
  broken,
  CLEAR,
  every,
  fault,
  IS_BLOCKED,
  IS_ONLINE,
  oneWorld,
  repaired,
  SNAPSHOT,
  snapshots,
  used,
  write,
} from '../making';

export const UNUSED_TRAP: Lesson = {
  id: 'unused-trap',
  title: 'The trap of deleting unused diff areas',
  aim: 'Know what "unused" means while a volume is offline for protection.',
  scenario: oneWorld('on'),
  before: [write(5, 'Monday: the first draft'), SNAPSHOT, write(5, 'Tuesday: the second draft')],
  beats: [
    {
      kind: 'tell',
      text: 'The volume is online. Its diff area is in use, so there is nothing unused to delete.',
      highlight: { part: 'diffArea' },
      commands: [],
      expect: every(IS_ONLINE, used(1), { kind: 'unused', isUnused: false }),
    },
    {
      kind: 'tell',
      text: 'The diff area takes no data any more, a write strikes fault 7, and the volume goes offline for protection.',
      highlight: { part: 'protectionStatus' },
      commands: [broken('diffDataWritesFail'), write(6, 'Tuesday: new accounts')],
      expect: every(IS_BLOCKED, fault(7), snapshots(1)),
    },
    {
      kind: 'predict',
      question: 'Does the volume now count as one that has an unused diff area?',
      highlight: { part: 'protectionStatus' },
      answers: [
        answer(
          'Yes.',
          every({ kind: 'unused', isUnused: true }, used(1)),
          'Right: while its volume is offline for protection nobody uses the area, so it counts as unused (inferred from the page of DeleteUnusedDiffAreas).',
        ),
        answer(
          'No: it holds the copies of a snapshot.',
          every({ kind: 'unused', isUnused: false }),
          'Unused does not mean empty. It means that the volume it belongs to is not there to use it.',
        ),
        answer(
          'No: it is empty now.',
          every(used(0)),
          'Nothing was deleted: the copy of block 5 lies in its slot as before.',
        ),
      ],
      commands: [{ type: 'wait', durationMs: 1_000 }],
      because: 'm_volumeHasUnusedDiffArea is true just when the snapshots depend on that area the most.',
    },
    {
      kind: 'task',
      text: 'First the right way: repair what is broken and bring the volume back with its snapshot.',
      highlight: { part: 'protectionStatus' },
      goal: every(IS_ONLINE, fault(0), snapshots(1), { kind: 'unused', isUnused: false }),
      solution: [repaired('diffDataWritesFail'), CLEAR],
      hints: ['Repair what is broken, then clear the fault.'],
      detours: [
        {
          claims: every(IS_BLOCKED, fault(7), snapshots(1)),
          feedback: 'The volume is still offline for protection: the fault has not been cleared.',
          example: [repaired('diffDataWritesFail')],
        },
        {
          claims: every(IS_BLOCKED, snapshots(0)),
          feedback:
            'That was the trap: the area you deleted held the snapshot. Undo takes it back here; nothing would take it back there.',
          example: [{ type: 'deleteUnusedDiffAreas' }],
        },
      ],
    },
    {
      kind: 'tell',
      text: 'The same fault strikes once more, and the diff area counts as unused again.',
      highlight: { part: 'protectionStatus' },
      commands: [broken('diffDataWritesFail'), write(7, 'Wednesday: a letter')],
      expect: every(IS_BLOCKED, fault(7), snapshots(1), { kind: 'unused', isUnused: true }),
    },
    {
      kind: 'predict',
      question: 'Somebody short of space calls DeleteUnusedDiffAreas. What is left of the snapshot?',
      highlight: { part: 'snapshot', number: 1 },
      answers: [
        answer(
          'Nothing.',
          every(snapshots(0), used(0), { kind: 'allocated', blocks: 0 }),
          'Right: the call freed exactly the area that protection mode had kept. That it destroys the snapshots is inferred; no page spells it out.',
        ),
        answer(
          'All of it: the mode protects snapshots.',
          every(snapshots(1)),
          'The mode protects them from failing writes, not from an administrator who deletes their storage.',
        ),
        answer(
          'All of it: the call refuses while the volume is faulted.',
          every(snapshots(1), fault(7)),
          'It is meant for just that time: when a volume is gone for good, it is the only way to get the space back.',
        ),
      ],
      commands: [{ type: 'deleteUnusedDiffAreas' }],
      because: 'Use it for a volume that will never come back, and for no other.',
    },
    {
      kind: 'tell',
      text: 'The page of fault 8 names the call as a remedy, but after clearing: then only what is really unused can go.',
      highlight: { part: 'protectionStatus' },
      commands: [repaired('diffDataWritesFail'), CLEAR],
      expect: every(IS_ONLINE, snapshots(0), { kind: 'unused', isUnused: false }),
    },
  ],
};
