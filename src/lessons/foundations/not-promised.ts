import type { Lesson } from '../../core/lesson/lesson';
import {
  answer,
  broken,
  every,
  fault,
  IS_BLOCKED,
  IS_ONLINE,
  LEAVE_PROTECTION,
  oneWorld,
  PROTECT,
  repaired,
  SNAPSHOT,
  snapshots,
  write,
} from '../making';

export const NOT_PROMISED: Lesson = {
  id: 'not-promised',
  title: 'What protection mode does not promise',
  aim: 'List the ways in which a protected snapshot can still be lost.',
  scenario: oneWorld('on', { snapshotLimit: 3 }),
  before: [write(5, 'Monday: the first draft'), SNAPSHOT, write(5, 'Tuesday: the second draft')],
  beats: [
    {
      kind: 'tell',
      text: 'Protection mode answers one question only: what happens when a copy cannot be made?',
      highlight: { part: 'protectionStatus' },
      commands: [],
      expect: every({ kind: 'level', level: 'SNAPSHOT' }, snapshots(1)),
    },
    {
      kind: 'predict',
      question: 'With protection on, an administrator deletes snapshot 1. Does the mode prevent it?',
      highlight: { part: 'snapshot', number: 1 },
      answers: [
        answer(
          'No: it is deleted.',
          every(snapshots(0), IS_ONLINE),
          'Right: a deletion that was asked for is no failed copy.',
        ),
        answer(
          'Yes: the call is refused.',
          every(snapshots(1), IS_ONLINE),
          'The mode is no lock: it says what gives way when a copy fails, and nothing about requests.',
        ),
        answer(
          'Yes: the volume goes offline.',
          every(snapshots(1), IS_BLOCKED),
          'Only a fault takes the volume offline, and a request is none.',
        ),
      ],
      commands: [{ type: 'deleteSnapshot', snapshot: 1 }],
      because: 'Deleting, reverting and leaving the mode are decisions; protection mode is for accidents.',
    },
    {
      kind: 'predict',
      question:
        'This volume may have three snapshots. With protection on, a fourth one is taken. What happens?',
      highlight: { part: 'shelf' },
      answers: [
        answer(
          'The oldest one goes.',
          every(snapshots(3), { kind: 'logged', eventId: 58, isLogged: true }),
          'Right: the limit of their number stands in both modes (event 58).',
        ),
        answer(
          'The fourth is refused.',
          every(snapshots(3), { kind: 'logged', eventId: 58, isLogged: false }),
          'At the limit of their number the oldest snapshot makes room, whatever the protection level.',
        ),
        answer(
          'All four are kept.',
          every(snapshots(4)),
          'The limit is one of the software, not of the space.',
        ),
      ],
      commands: [SNAPSHOT, SNAPSHOT, SNAPSHOT, SNAPSHOT],
      because: 'Windows keeps 64 snapshots that clients can see by default; here the limit is set to three.',
    },
    {
      kind: 'tell',
      text: 'Memory for the table of the diff area runs short, and the next first write strikes fault 5: the volume goes offline, the snapshots are kept.',
      highlight: { part: 'protectionStatus' },
      commands: [broken('pageFileTooSmall'), write(5, 'Wednesday: the third draft')],
      expect: every(IS_BLOCKED, fault(5), snapshots(3)),
    },
    {
      kind: 'tell',
      text: 'So it should be. KB955543 documents that it was not always: when the diff area was larger than memory and page files together, all snapshots could be lost even with protection on. This laboratory does not simulate that defect.',
      highlight: { part: 'eventLog' },
      commands: [],
      expect: every(snapshots(3), IS_BLOCKED, { kind: 'logged', eventId: 84, isLogged: true }),
    },
    {
      kind: 'predict',
      question:
        'The administrator is in a hurry and leaves protection mode without clearing the fault. What is the price?',
      highlight: { part: 'protectionStatus' },
      answers: [
        answer(
          'All snapshots.',
          every(IS_ONLINE, snapshots(0), fault(0)),
          'Right: leaving the mode brings the volume back at once and gives every snapshot up.',
        ),
        answer(
          'Nothing: the snapshots stay, unprotected.',
          every(IS_ONLINE, snapshots(3)),
          'On a faulted volume the change of level is the way out "while losing the shadow copies": so say the texts of events 80 to 94.',
        ),
        answer(
          'Nothing: it is refused until the fault is cleared.',
          every(IS_BLOCKED, { kind: 'level', level: 'SNAPSHOT' }),
          'It always works; that is why it is the last way out.',
        ),
      ],
      commands: [LEAVE_PROTECTION],
      because: 'The mode protects nobody from leaving it.',
    },
    {
      kind: 'task',
      text: 'Repair the memory, protect the volume again, and take a snapshot that keeps "Wednesday" safe from the next write.',
      highlight: { part: 'shelf' },
      goal: every({ kind: 'level', level: 'SNAPSHOT' }, snapshots(1), IS_ONLINE, {
        kind: 'copies',
        snapshot: 6,
        count: 1,
      }),
      solution: [
        repaired('pageFileTooSmall'),
        PROTECT,
        write(5, 'Wednesday: the third draft'),
        SNAPSHOT,
        write(5, 'Thursday: the fourth draft'),
      ],
      hints: ['Turn the level to SNAPSHOT, write block 5, take the snapshot, and write the block again.'],
      detours: [
        {
          claims: every(IS_BLOCKED, fault(5)),
          feedback: 'The page file is still too small: the copy struck the same fault.',
          example: [PROTECT, write(5, 'Wednesday: the third draft'), SNAPSHOT, write(5, 'Thursday')],
        },
      ],
    },
  ],
};
