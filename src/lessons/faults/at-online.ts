import {
  ATTACH,
  broken,
  CLEAR,
  DETACH,
  every,
  inWorld,
  OFFLINE,
  ONLINE,
  repaired,
  snapshots,
} from '../making';
import { blockedAgain, blockedAt, bothOutcomes, NEXT_COPY, savedAfter, titleOf, type Ladder } from './ladder';

/** The faults that are met when the volume comes online. */
export const MET_ONLINE: readonly Ladder[] = [
  {
    fault: 1,
    title: titleOf(1, 'the diff volume is not there'),
    aim: 'Tell a diff volume that never arrived from one that left, and know that this fault heals by itself.',
    watch: [
      {
        text: 'The volume is taken offline, and the diff volume goes away while nobody uses it.',
        commands: [OFFLINE, DETACH],
        expect: every(snapshots(1), { kind: 'access', access: 'offlineByAdministrator' }),
      },
      {
        text: 'The volume comes online without it: with protection off, the snapshot waits; with protection on, fault 1 strikes (event 80).',
        commands: [ONLINE],
        expect: [
          ...inWorld('off', { kind: 'pending', isPending: true }, snapshots(1)),
          ...blockedAt(1),
          ...inWorld('on', { kind: 'logged', eventId: 80, isLogged: true }),
        ],
      },
      {
        text: 'With protection off, a first write needs a copy that has nowhere to go: the snapshot is lost (event 32). With protection on, the write comes back with an error.',
        commands: [NEXT_COPY],
        expect: [...bothOutcomes(1), ...inWorld('off', { kind: 'logged', eventId: 32, isLogged: true })],
      },
    ],
    begun: [],
    finish: {
      text: 'Bring the protected volume back: one thing has to happen, and it is not a clearing.',
      goal: savedAfter(1, 1),
      solution: [ATTACH],
      hints: ['What is missing? Event 80 says that the volume goes online when it arrives.'],
      detours: [
        {
          claims: blockedAgain(1, 2),
          feedback: 'Cleared, but the diff volume is still away: detection missed it again at once.',
          example: [CLEAR],
        },
      ],
    },
    doIt: {
      text: 'Now cause fault 1 yourself in the protected world, and bring it back with its snapshot.',
      goal: savedAfter(1, 2),
      solution: [OFFLINE, DETACH, ONLINE, ATTACH],
      hints: ['The diff volume has to be away before the volume comes online.'],
      detours: [
        {
          claims: blockedAt(14),
          feedback:
            'That is fault 14: the diff volume was there and left while the volume was online. For fault 1 it must never have arrived.',
          example: [DETACH],
        },
      ],
    },
    diagnose: {
      text: 'Missing or removed? Name the fault from what the log says, and prove it by repairing.',
      faults: [1, 14],
    },
  },
  {
    fault: 2,
    title: titleOf(2, 'the diff area cannot be read when the volume comes online'),
    aim: 'Recognise a read error during detection, and repair it in the right order.',
    watch: [
      {
        text: 'While the volume is offline, the disk of the diff area stops being readable.',
        commands: [OFFLINE, broken('diffReadsFail')],
        expect: every(snapshots(1), { kind: 'fault', fault: 0 }),
      },
      {
        text: 'Coming online reads the diff area: with protection off, detection is given up with the snapshot (event 29); with protection on, fault 2 strikes (event 81).',
        commands: [ONLINE],
        expect: [
          ...bothOutcomes(2),
          ...inWorld('off', { kind: 'logged', eventId: 29, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 81, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The cable is replaced and the diff area can be read again; the volume stays offline, because nobody has cleared the fault.',
        commands: [repaired('diffReadsFail')],
        expect: blockedAt(2),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back with its snapshot.',
      goal: savedAfter(2, 1),
      solution: [CLEAR],
      hints: ['The cause is gone; the fault has to be cleared.'],
    },
    doIt: {
      text: 'Cause fault 2 yourself, and bring the volume back with its snapshot.',
      goal: savedAfter(2, 2),
      solution: [OFFLINE, broken('diffReadsFail'), ONLINE, repaired('diffReadsFail'), CLEAR],
      hints: ['Break reading from the diff area while the volume is offline.'],
      detours: [
        {
          claims: blockedAgain(2, 3),
          feedback:
            'Detection reads the diff area each time the volume comes online: as long as that fails, clearing leads back here.',
          example: [OFFLINE, broken('diffReadsFail'), ONLINE, CLEAR],
        },
      ],
    },
    diagnose: {
      text: 'Read error or damaged file system? Both are met when the volume comes online.',
      faults: [2, 12],
    },
  },
  {
    fault: 12,
    title: titleOf(12, 'the file system of the diff volume is damaged'),
    aim: 'Recognise a file system error on the diff volume, and say what to check.',
    watch: [
      {
        text: 'While the volume is offline, the file system of the diff volume is damaged.',
        commands: [OFFLINE, broken('diffFileSystemDamaged')],
        expect: every(snapshots(1), { kind: 'fault', fault: 0 }),
      },
      {
        text: 'Coming online opens the files of the diff area: with protection off, that is given up with the snapshot (event 27); with protection on, fault 12 strikes (event 91).',
        commands: [ONLINE],
        expect: [
          ...bothOutcomes(12),
          ...inWorld('off', { kind: 'logged', eventId: 27, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 91, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The diff volume is checked and mended. That a check of the disk is the repair here is inferred; the advice exists for a neighbouring event.',
        commands: [repaired('diffFileSystemDamaged')],
        expect: blockedAt(12),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back with its snapshot.',
      goal: savedAfter(12, 1),
      solution: [CLEAR],
      hints: ['The cause is gone; the fault has to be cleared.'],
    },
    doIt: {
      text: 'Cause fault 12 yourself, and bring the volume back with its snapshot.',
      goal: savedAfter(12, 2),
      solution: [OFFLINE, broken('diffFileSystemDamaged'), ONLINE, repaired('diffFileSystemDamaged'), CLEAR],
      hints: ['Damage the file system while the volume is offline.'],
      detours: [
        {
          claims: blockedAgain(12, 3),
          feedback: 'The files cannot be opened yet: check the diff volume first, then clear.',
          example: [OFFLINE, broken('diffFileSystemDamaged'), ONLINE, CLEAR],
        },
      ],
    },
    diagnose: {
      text: 'A damaged file system, a read error, or damaged metadata?',
      faults: [12, 2, 3],
    },
  },
  {
    fault: 16,
    title: titleOf(16, 'a mount in the middle of a failover'),
    aim: 'Know the one fault without an event of its own, and the order that a failover needs.',
    watch: [
      {
        text: 'A cluster prepares to take the volume offline for a failover (event 113).',
        commands: [{ type: 'clusterPrepareOffline' }],
        expect: every(snapshots(1), { kind: 'access', access: 'offlineForCluster' }),
      },
      {
        text: 'Before the failover is finished, somebody brings the volume online: with protection off, the snapshot is lost (event 119); with protection on, fault 16 strikes, without any documented event.',
        commands: [ONLINE],
        expect: [...bothOutcomes(16), ...inWorld('off', { kind: 'logged', eventId: 119, isLogged: true })],
      },
    ],
    begun: [
      {
        text: 'The failover is finished in its order; the volume still waits for somebody to clear the fault.',
        commands: [{ type: 'clusterFinishFailover' }],
        expect: blockedAt(16),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back with its snapshot.',
      goal: savedAfter(16, 1),
      solution: [CLEAR],
      hints: ['The failover is over; the fault has to be cleared.'],
    },
    doIt: {
      text: 'Cause fault 16 yourself, and bring the volume back with its snapshot. What this fault means is inferred: its page is empty.',
      goal: savedAfter(16, 2),
      solution: [{ type: 'clusterPrepareOffline' }, ONLINE, { type: 'clusterFinishFailover' }, CLEAR],
      hints: ['Prepare the failover, then bring the volume online too early.'],
      detours: [
        {
          claims: inWorld('on', { kind: 'access', access: 'online' }, { kind: 'fault', fault: 0 }),
          feedback: 'Finished first, brought online afterwards: the right order strikes nothing.',
          example: [{ type: 'clusterPrepareOffline' }, { type: 'clusterFinishFailover' }, ONLINE],
        },
        {
          claims: blockedAgain(16, 3),
          feedback:
            'The failover is not finished: clearing brings the volume online in the middle of it again.',
          example: [{ type: 'clusterPrepareOffline' }, ONLINE, CLEAR],
        },
      ],
    },
    diagnose: {
      text: 'Offline, and the log has no event from 80 to 94: which fault is it?',
      faults: [16, 2],
    },
  },
];
