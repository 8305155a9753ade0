import type { Lesson } from '../../core/lesson/lesson';
import {
  answer,
  bothWorlds,
  broken,
  every,
  fault,
  inWorld,
  IS_BLOCKED,
  IS_ONLINE,
  liveReads,
  readLive,
  SNAPSHOT,
  snapshotReads,
  snapshots,
  used,
  write,
} from '../making';

export const TWO_PROMISES: Lesson = {
  id: 'two-promises',
  title: 'The two promises: what must give?',
  aim: 'Say what each protection level promises, and what it pays with.',
  scenario: bothWorlds(),
  before: [write(5, 'Monday: the first draft'), write(6, 'Monday: the accounts'), SNAPSHOT],
  beats: [
    {
      kind: 'tell',
      text: 'Two equal machines, one difference: with protection off, snapshots may be given up; with protection on, they are kept at any price.',
      highlight: { part: 'protectionStatus' },
      commands: [write(5, 'Tuesday: the second draft')],
      expect: [
        ...every(used(1), snapshots(1)),
        ...inWorld('off', { kind: 'level', level: 'ORIGINAL_VOLUME' }),
        ...inWorld('on', { kind: 'level', level: 'SNAPSHOT' }),
      ],
    },
    {
      kind: 'tell',
      text: 'The disk of the diff area stops taking data. Nothing happens yet: nobody has asked it to.',
      highlight: { part: 'diffArea' },
      commands: [broken('diffDataWritesFail')],
      expect: every(IS_ONLINE, snapshots(1), fault(0)),
    },
    {
      kind: 'predict',
      question:
        'Block 6 is overwritten, and its old content cannot be saved. What happens with protection off?',
      highlight: { part: 'block', number: 6 },
      answers: [
        answer(
          'The write completes; the snapshot is deleted.',
          inWorld('off', snapshots(0), liveReads(6, 'Tuesday: new accounts'), IS_ONLINE),
          'Right: level ORIGINAL_VOLUME keeps the I/O going at the expense of the snapshots.',
        ),
        answer(
          'The write fails; the snapshot is kept.',
          inWorld('off', snapshots(1), liveReads(6, 'Monday: the accounts')),
          'That is the other promise. By default, writing to the volume goes before its snapshots.',
        ),
        answer(
          'The write waits until the diff area can be written again.',
          inWorld('off', snapshots(1), { kind: 'failed', count: 0 }, liveReads(6, 'Monday: the accounts')),
          'Waiting would stop the program for as long as the fault lasts; neither level does that.',
        ),
      ],
      commands: [write(6, 'Tuesday: new accounts')],
      because:
        'Something had to give: with protection off, the snapshot went; with protection on, the write failed and the volume is offline.',
    },
    {
      kind: 'predict',
      question: 'With protection on, block 1 is now read. It needs no copy. Does the read succeed?',
      highlight: { part: 'gate' },
      answers: [
        answer(
          'No: all I/O to the volume fails.',
          inWorld('on', IS_BLOCKED, { kind: 'failed', count: 2 }),
          'Right: the whole volume is offline for protection, reads included, until the fault is cleared.',
        ),
        answer(
          'Yes: only writes that copy are blocked.',
          inWorld('on', { kind: 'failed', count: 1 }),
          'It takes a write to strike the fault, but then all I/O is blocked, reads too.',
        ),
        answer(
          'Yes, and the fault is cleared by it.',
          inWorld('on', fault(0)),
          'A read clears nothing: clearing is a decision of the administrator.',
        ),
      ],
      commands: [readLive(1)],
      because:
        'The documentation says it plainly: in this mode all I/O to the original volume fails, not only the write that struck.',
    },
    {
      kind: 'tell',
      text: 'With protection off, the work goes on and the past is gone; with protection on, the past is safe and the work stands still.',
      highlight: { part: 'shelf' },
      commands: [],
      expect: [
        ...inWorld('off', snapshots(0), { kind: 'snapshotsLost', count: 1 }, IS_ONLINE),
        ...inWorld('on', snapshots(1), IS_BLOCKED, fault(7), snapshotReads(1, 6, 'Monday: the accounts')),
      ],
    },
    {
      kind: 'task',
      text: 'Bring the protected volume back with its snapshot, and write block 6 there.',
      highlight: { part: 'protectionStatus' },
      goal: inWorld('on', IS_ONLINE, snapshots(1), snapshotReads(1, 6, 'Monday: the accounts'), {
        kind: 'copies',
        snapshot: 1,
        count: 2,
      }),
      solution: [
        { type: 'repair', condition: { name: 'diffDataWritesFail' } },
        { type: 'clearProtectionFault' },
        write(6, 'Wednesday: new accounts'),
      ],
      hints: [
        'What is broken has to work again, and the fault has to be cleared.',
        'The ways out stand in the protection status of each world.',
      ],
      detours: [
        {
          claims: inWorld('on', IS_ONLINE, snapshots(0)),
          feedback:
            'The volume is back, but its snapshot was given up: leaving protection mode always works, and always costs them.',
          example: [{ type: 'setProtectionLevel', level: 'ORIGINAL_VOLUME' }],
        },
        {
          claims: inWorld('on', IS_BLOCKED, fault(7), snapshots(1), { kind: 'met', fault: 7, times: 2 }),
          feedback: 'Cleared, but not repaired: the next copy struck the same fault again.',
          example: [{ type: 'clearProtectionFault' }, write(6, 'Wednesday: new accounts')],
        },
      ],
    },
  ],
};
