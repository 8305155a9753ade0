import { ATTACH, CLEAR, DETACH, every, inWorld, LEAVE_PROTECTION, snapshots } from '../making';
import { blockedAt, bothOutcomes, savedAfter, titleOf, type Ladder } from './ladder';

/** The faults that need no write. */
export const MET_AT_ONCE: readonly Ladder[] = [
  {
    fault: 11,
    title: titleOf(11, 'an unexpected error'),
    aim: 'Know what is left to do when no cause is named.',
    watch: [
      {
        text: 'An unexpected error strikes the driver. With protection off, all snapshots are destroyed, without a documented event; with protection on, fault 11 strikes (event 90), and its name says what it prevented.',
        commands: [{ type: 'unexpectedError' }],
        expect: [...bothOutcomes(11), ...inWorld('on', { kind: 'logged', eventId: 90, isLogged: true })],
      },
    ],
    begun: [],
    finish: {
      text: 'Event 90 names no cause, and there is nothing to repair. Bring the volume back with its snapshot.',
      goal: savedAfter(11, 1),
      solution: [CLEAR],
      hints: ['Clearing, or a restart, is all that the text of the event offers.'],
    },
    doIt: {
      text: 'Cause fault 11 yourself, and bring the volume back with its snapshot.',
      goal: savedAfter(11, 2),
      solution: [{ type: 'unexpectedError' }, CLEAR],
      hints: ['The unexpected error stands among what can be broken.'],
      detours: [
        {
          claims: inWorld('on', { kind: 'access', access: 'online' }, snapshots(0)),
          feedback: 'The volume is back, but leaving protection mode did what the fault had prevented.',
          example: [{ type: 'unexpectedError' }, LEAVE_PROTECTION],
        },
      ],
    },
    diagnose: {
      text: 'Offline at once, without a write: an unexpected error, or something removed?',
      faults: [11, 14, 15],
    },
  },
  {
    fault: 14,
    title: titleOf(14, 'the diff volume was removed'),
    aim: 'Tell a removed diff volume from a missing one, and bring the volume back.',
    watch: [
      {
        text: 'The diff volume is pulled while the volume is online. It needs no write: with protection off, the snapshot is gone (event 16); with protection on, fault 14 strikes (event 93).',
        commands: [DETACH],
        expect: [
          ...bothOutcomes(14),
          ...inWorld('off', { kind: 'logged', eventId: 16, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 93, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The diff volume is plugged in again. Unlike fault 1 this one does not heal by itself.',
        commands: [ATTACH],
        expect: blockedAt(14),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back with its snapshot.',
      goal: savedAfter(14, 1),
      solution: [CLEAR],
      hints: ['The diff volume is there; the fault has to be cleared.'],
    },
    doIt: {
      text: 'Cause fault 14 yourself, and bring the volume back with its snapshot.',
      goal: savedAfter(14, 2),
      solution: [DETACH, ATTACH, CLEAR],
      hints: ['Pull the diff volume while the volume is online.'],
      detours: [
        {
          claims: blockedAt(1),
          feedback:
            'Cleared while the diff volume was away: coming online missed it, and now it is fault 1. That one heals when the volume arrives.',
          example: [DETACH, CLEAR],
        },
      ],
    },
    diagnose: { text: 'Removed or missing? When did it go?', faults: [14, 1] },
  },
  {
    fault: 15,
    title: titleOf(15, 'another program wrote into the diff area'),
    aim: 'Say what a foreign write into the diff area does at each level.',
    watch: [
      {
        text: 'Another program writes to block 0 of the diff volume, where the diff area lies. With protection off, the write lands and the snapshot is destroyed (event 119); with protection on, it is refused, and fault 15 strikes (event 94). That the write itself is refused is inferred.',
        commands: [{ type: 'externalWrite', block: 0 }],
        expect: [
          ...bothOutcomes(15),
          ...inWorld('off', { kind: 'logged', eventId: 119, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 94, isLogged: true }),
        ],
      },
    ],
    begun: [],
    finish: {
      text: 'The program has been stopped. Bring the volume back with its snapshot.',
      goal: savedAfter(15, 1),
      solution: [CLEAR],
      hints: ['The fault has to be cleared.'],
    },
    doIt: {
      text: 'Let another program strike fault 15 again, and bring the volume back with its snapshot.',
      goal: savedAfter(15, 2),
      solution: [{ type: 'externalWrite', block: 1 }, CLEAR],
      hints: ['Only the first blocks of the diff volume are allocated to the diff area.'],
      detours: [
        {
          claims: every({ kind: 'fault', fault: 0 }),
          feedback: 'That block does not belong to the diff area: whoever writes there harms no snapshot.',
          example: [CLEAR, { type: 'externalWrite', block: 15 }],
        },
      ],
    },
    diagnose: { text: 'Offline at once, without a write to the volume: who did it?', faults: [15, 11, 14] },
  },
];
