import type { Lesson } from '../../core/lesson/lesson';
import {
  answer,
  ATTACH,
  bothWorlds,
  DETACH,
  every,
  fault,
  inWorld,
  IS_BLOCKED,
  IS_ONLINE,
  liveReads,
  OFFLINE,
  ONLINE,
  SNAPSHOT,
  snapshotReads,
  snapshots,
  write,
} from '../making';

export const RESTART_RACE: Lesson = {
  id: 'restart-race',
  title: 'The restart race of KB940041',
  aim: 'Explain why snapshots can be gone after a restart, and what protection mode changes.',
  scenario: bothWorlds(),
  before: [write(5, 'Monday: the first draft'), SNAPSHOT, write(5, 'Tuesday: the second draft')],
  beats: [
    {
      kind: 'tell',
      text: 'The computer is restarted: the live volume goes offline, and the disk of the diff area is slow to come back.',
      highlight: { part: 'diffArea' },
      commands: [OFFLINE, DETACH],
      expect: every({ kind: 'access', access: 'offlineByAdministrator' }, snapshots(1)),
    },
    {
      kind: 'predict',
      question: 'The live volume comes online first. What happens with protection off?',
      highlight: { part: 'gate' },
      answers: [
        answer(
          'It is online, and its snapshot waits.',
          inWorld('off', IS_ONLINE, { kind: 'pending', isPending: true }, snapshots(1)),
          'Right: for five minutes the diff volume may still arrive, as long as no write needs a copy before. KB940041 documents the five minutes; that a write ends them earlier is inferred.',
        ),
        answer(
          'It stays offline until the diff volume is there.',
          inWorld('off', { kind: 'access', access: 'offlineForProtection' }),
          'With protection off, nothing may stop the I/O of the live volume, not even a missing diff volume.',
        ),
        answer(
          'It is online, and its snapshot is gone.',
          inWorld('off', snapshots(0)),
          'Not yet: the snapshot is lost only if the diff volume stays away too long, or a write needs it.',
        ),
      ],
      commands: [ONLINE],
      because:
        'With protection on, the same moment is fault 1: the volume stays offline, and the snapshot is safe.',
    },
    {
      kind: 'tell',
      text: 'The protected volume heals by itself when its diff volume arrives; it is the only fault that needs no clearing.',
      highlight: { part: 'protectionStatus' },
      commands: [],
      expect: inWorld('on', IS_BLOCKED, fault(1), snapshots(1)),
    },
    {
      kind: 'predict',
      question:
        'Before the diff volume arrives, a program writes block 6 for the first time. What becomes of the snapshot, with protection off?',
      highlight: { part: 'block', number: 6 },
      answers: [
        answer(
          'It is lost: its copy had nowhere to go.',
          inWorld('off', snapshots(0), liveReads(6, 'Tuesday: new accounts'), {
            kind: 'logged',
            eventId: 32,
            isLogged: true,
          }),
          'Right: the write completes and the snapshot pays for it (event 32).',
        ),
        answer(
          'It is kept: five minutes are not over.',
          inWorld('off', snapshots(1)),
          'The five minutes are the longest wait, not a promise: the first write that needs a copy ends them.',
        ),
        answer(
          'The write waits for the diff volume.',
          inWorld('off', { kind: 'written', block: 6, isWritten: false }),
          'At this level no write waits for a snapshot.',
        ),
      ],
      commands: [write(6, 'Tuesday: new accounts')],
      because:
        'That is the race of KB940041: whoever writes before the diff volume is there costs all snapshots.',
    },
    {
      kind: 'tell',
      text: 'The diff volume arrives. With protection off, it finds no snapshot any more; with protection on, the volume comes online with everything in place.',
      highlight: { part: 'shelf' },
      commands: [ATTACH],
      expect: [
        ...inWorld('off', snapshots(0), IS_ONLINE),
        ...inWorld('on', snapshots(1), IS_ONLINE, fault(0), snapshotReads(1, 5, 'Monday: the first draft')),
      ],
    },
    {
      kind: 'task',
      text: 'Take a new snapshot, restart once more with the diff volume late, and keep the snapshot with protection off, too.',
      highlight: { part: 'gate' },
      goal: [
        ...inWorld('off', IS_ONLINE, snapshots(1), { kind: 'pending', isPending: false }),
        ...inWorld('on', IS_ONLINE, { kind: 'met', fault: 1, times: 2 }),
      ],
      solution: [SNAPSHOT, OFFLINE, DETACH, ONLINE, { type: 'wait', durationMs: 60_000 }, ATTACH],
      hints: [
        'Offline, detach, online: then nobody may write a block that the snapshot needs.',
        'Attach the diff volume within five minutes of virtual time.',
      ],
      detours: [
        {
          claims: inWorld('off', snapshots(1), IS_ONLINE, { kind: 'pending', isPending: false }),
          feedback: 'The snapshot is there, but nothing has been restarted yet.',
          example: [SNAPSHOT],
        },
        {
          claims: inWorld('off', snapshots(0), IS_ONLINE),
          feedback:
            'Five minutes were over before the diff volume came: the snapshots that waited for it are lost.',
          example: [SNAPSHOT, OFFLINE, DETACH, ONLINE, { type: 'wait', durationMs: 300_000 }],
        },
      ],
    },
  ],
};
