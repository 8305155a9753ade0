import { broken, burst, CLEAR, every, inWorld, LEAVE_PROTECTION, repaired, snapshots, used } from '../making';
import {
  blockedAgain,
  blockedAt,
  bothOutcomes,
  FULL_VOLUME,
  savedAfter,
  titleOf,
  type Ladder,
} from './ladder';

/** Room enough to run out of slots twice. */
const ROOMY = { blockCount: 32, diffVolumeBlocks: 32, maximumBlocks: 32 };

/** The faults of a diff area that has no slot left. */
export const MET_BY_GROWTH: readonly Ladder[] = [
  {
    fault: 8,
    title: titleOf(8, 'the diff area is full'),
    aim: 'Fill a diff area with nothing broken, and make room in the documented order.',
    settings: { initialBlocks: 4, maximumBlocks: 4, growthStepBlocks: 4 },
    before: FULL_VOLUME,
    watch: [
      {
        text: 'Nothing is broken. Four first writes fill the four slots that the maximum allows.',
        commands: [burst(0, 4)],
        expect: every(used(4), snapshots(1), { kind: 'fault', fault: 0 }),
      },
      {
        text: 'The fifth finds no slot: with protection off, the snapshot is deleted to stay below the limit (event 36); with protection on, fault 8 strikes (event 87).',
        commands: [burst(4, 1)],
        expect: [
          ...bothOutcomes(8),
          ...inWorld('off', { kind: 'logged', eventId: 36, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 87, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The documented order begins with clearing: the volume is back, and as full as before.',
        commands: [CLEAR],
        expect: inWorld('on', { kind: 'access', access: 'online' }, snapshots(1), used(4)),
      },
    ],
    finish: {
      text: 'Finish it: make room for one more step of four slots, and write block 4.',
      goal: [...savedAfter(8, 1), ...inWorld('on', used(5))],
      solution: [{ type: 'resizeDiffArea', maximumBlocks: 8 }, burst(4, 1)],
      hints: ['Raise the maximum in the diff area panel to 8.'],
      detours: [
        {
          claims: blockedAt(8),
          feedback: 'There is no room yet: raise the maximum before the next first write.',
          example: [burst(4, 1)],
        },
      ],
    },
    doIt: {
      text: 'Fill the area again until fault 8 strikes, and let block 8 through with the snapshot kept.',
      goal: [...savedAfter(8, 2), ...inWorld('on', used(9))],
      solution: [burst(5, 4), CLEAR, { type: 'resizeDiffArea', maximumBlocks: 16 }, burst(8, 1)],
      hints: ['Write blocks 5, 6, 7 and 8 for the first time.', 'Clear first, then raise the maximum.'],
      detours: [
        {
          claims: inWorld('on', { kind: 'access', access: 'online' }, snapshots(0)),
          feedback:
            'The volume is back and the snapshot is gone: room was made with what should have been kept.',
          example: [burst(5, 4), LEAVE_PROTECTION],
        },
      ],
    },
    diagnose: { text: 'Full, too slow, or refused? All three end without a free slot.', faults: [8, 9, 10] },
  },
  {
    fault: 9,
    title: titleOf(9, 'the writes outran the growth'),
    aim: 'Explain the race between first writes and growth, and what helps against it.',
    settings: ROOMY,
    before: FULL_VOLUME,
    watch: [
      {
        text: 'Growing takes ten times as long as usual. There is room enough, but it comes late.',
        commands: [broken('growthSlow')],
        expect: every(snapshots(1), { kind: 'allocated', blocks: 8 }),
      },
      {
        text: 'Nine first writes in a row: the growth has begun, and the ninth cannot wait for it. With protection off, the snapshot is given up (event 25); with protection on, fault 9 strikes (event 88).',
        commands: [burst(0, 9)],
        expect: [
          ...bothOutcomes(9),
          ...inWorld('off', { kind: 'logged', eventId: 25, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 88, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The disk is fast again, and the growth that was under way may finish in peace.',
        commands: [repaired('growthSlow'), { type: 'wait', durationMs: 100 }],
        expect: blockedAt(9),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back, and write block 8.',
      goal: [...savedAfter(9, 1), ...inWorld('on', used(9))],
      solution: [CLEAR, burst(8, 1)],
      hints: ['Clear, then write.'],
    },
    doIt: {
      text: 'Cause fault 9 once more, and bring the volume back with its snapshot.',
      goal: savedAfter(9, 2),
      solution: [
        broken('growthSlow'),
        burst(9, 12),
        repaired('growthSlow'),
        { type: 'wait', durationMs: 100 },
        CLEAR,
      ],
      hints: ['Slow the growth down, then write twelve blocks that need a copy, in one burst.'],
      detours: [
        {
          claims: inWorld('on', { kind: 'access', access: 'online' }, { kind: 'fault', fault: 0 }, used(10)),
          feedback: 'One write is no burst: it left the growth time enough.',
          example: [broken('growthSlow'), burst(9, 1)],
        },
      ],
    },
    diagnose: { text: 'Was there no room, no time, or no permission to grow?', faults: [9, 8, 10] },
  },
  {
    fault: 10,
    title: titleOf(10, 'the growth was refused'),
    aim: 'Tell an error of the growth itself from a lack of room or of time.',
    settings: ROOMY,
    before: FULL_VOLUME,
    watch: [
      {
        text: 'Every attempt to grow ends in an error, although there is room.',
        commands: [broken('growthRefused')],
        expect: every(snapshots(1), { kind: 'allocated', blocks: 8 }),
      },
      {
        text: 'Nine first writes: the ninth needs a slot that was never laid. With protection off, the snapshot is given up (events 13 and 35); with protection on, fault 10 strikes (event 89).',
        commands: [burst(0, 9)],
        expect: [
          ...bothOutcomes(10),
          ...inWorld(
            'off',
            { kind: 'logged', eventId: 13, isLogged: true },
            { kind: 'logged', eventId: 35, isLogged: true },
          ),
          ...inWorld('on', { kind: 'logged', eventId: 89, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'What refused the growth is mended; the volume stays offline until the fault is cleared.',
        commands: [repaired('growthRefused')],
        expect: blockedAt(10),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back, and write block 8.',
      goal: [...savedAfter(10, 1), ...inWorld('on', used(9))],
      solution: [CLEAR, burst(8, 1)],
      hints: ['Clear, then write.'],
    },
    doIt: {
      text: 'Cause fault 10 once more, and bring the volume back with its snapshot.',
      goal: savedAfter(10, 2),
      solution: [broken('growthRefused'), burst(9, 12), repaired('growthRefused'), CLEAR],
      hints: ['Refuse the growth, then write until no slot is left.'],
      detours: [
        {
          claims: blockedAgain(10, 3),
          feedback: 'The growth is still refused: the next copy without a slot struck again.',
          example: [broken('growthRefused'), burst(9, 12), CLEAR, burst(16, 3)],
        },
      ],
    },
    diagnose: { text: 'Three faults without a free slot: which one is it?', faults: [10, 9, 8] },
  },
];
