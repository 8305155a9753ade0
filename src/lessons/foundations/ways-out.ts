import type { Lesson } from '../../core/lesson/lesson';
import {
  answer,
  burst,
  CLEAR,
  every,
  fault,
  IS_BLOCKED,
  IS_ONLINE,
  LEAVE_PROTECTION,
  oneWorld,
  SNAPSHOT,
  snapshots,
  used,
} from '../making';

export const WAYS_OUT: Lesson = {
  id: 'ways-out',
  title: 'Ways out, in the documented order',
  aim: 'Bring a volume back that is offline for protection, without losing its snapshots.',
  scenario: oneWorld('on', { initialBlocks: 4, maximumBlocks: 4, growthStepBlocks: 4 }),
  before: [burst(0, 16), SNAPSHOT],
  beats: [
    {
      kind: 'tell',
      text: 'Five first writes on a diff area of four slots: the fifth strikes fault 8, and the volume goes offline for protection (event 87).',
      highlight: { part: 'protectionStatus' },
      commands: [burst(0, 5)],
      expect: every(IS_BLOCKED, fault(8), snapshots(1), { kind: 'logged', eventId: 87, isLogged: true }),
    },
    {
      kind: 'predict',
      question: 'The fault is cleared, and nothing else is done. Does that succeed?',
      highlight: { part: 'protectionStatus' },
      answers: [
        answer(
          'Yes: the volume is online with its snapshot.',
          every(IS_ONLINE, fault(0), snapshots(1)),
          'Right: clearing dismounts the volume, resets the fault and brings it back, whatever the cause. That it also succeeds while the cause is there is inferred: no document says that it fails.',
        ),
        answer(
          'No: first the diff area has to be enlarged.',
          every(IS_BLOCKED),
          'The documented order is the other way round: clear first, then enlarge the area or delete snapshots.',
        ),
        answer(
          'Yes, but the snapshot is given up.',
          every(IS_ONLINE, snapshots(0)),
          'Clearing keeps the snapshots; only leaving protection mode gives them up.',
        ),
      ],
      commands: [CLEAR],
      because: 'Clear, then repair: so say the page of the fault and the text of event 87.',
    },
    {
      kind: 'predict',
      question: 'The area is as full as before. Block 9 is written for the first time. What happens?',
      highlight: { part: 'block', number: 9 },
      answers: [
        answer(
          'The same fault strikes again.',
          every(IS_BLOCKED, fault(8), snapshots(1)),
          'Right: clearing resets a state, it makes no room.',
        ),
        answer(
          'The write goes through without a copy.',
          every(IS_ONLINE, snapshots(1)),
          'In protection mode no block is overwritten before its old content is safe.',
        ),
        answer(
          'The oldest snapshot is deleted to make room.',
          every(IS_ONLINE, snapshots(0)),
          'That is what happens with protection off. In protection mode none is purged (inferred, and consistent with what support has seen).',
        ),
      ],
      commands: [burst(9, 1)],
      because: 'A cause that is still there strikes at the next copy, or when the volume comes online.',
    },
    {
      kind: 'task',
      text: 'Do it in the documented order: clear, then raise the maximum, and write block 9.',
      highlight: { part: 'diffArea' },
      goal: every(IS_ONLINE, fault(0), snapshots(1), used(5)),
      solution: [CLEAR, { type: 'resizeDiffArea', maximumBlocks: 16 }, burst(9, 1)],
      hints: [
        'While the volume is offline, clear first.',
        'A maximum of 8 or more gives the area room for a step of four.',
      ],
      detours: [
        {
          claims: every(IS_ONLINE, snapshots(0)),
          feedback: 'That way always works and always costs every snapshot.',
          example: [LEAVE_PROTECTION],
        },
        {
          claims: every(IS_BLOCKED, fault(8)),
          feedback:
            'The fault is there, or there again: clear it, and make room before the next first write.',
          example: [CLEAR, burst(9, 1)],
        },
      ],
    },
    {
      kind: 'tell',
      text: 'The last way out is always open: leaving protection mode gives every snapshot up and brings the volume back.',
      highlight: { part: 'protectionStatus' },
      commands: [LEAVE_PROTECTION],
      expect: every(IS_ONLINE, { kind: 'level', level: 'ORIGINAL_VOLUME' }, fault(0)),
    },
  ],
};
