import type { Command } from '../../core/command';
import { broken, CLEAR, every, inWorld, LEAVE_PROTECTION, repaired, snapshots } from '../making';
import {
  blockedAgain,
  blockedAt,
  bothOutcomes,
  LATER_COPY,
  NEXT_COPY,
  savedAfter,
  titleOf,
  type Ladder,
} from './ladder';

function badBlock(type: 'break' | 'repair', block: number): Command {
  return { type, condition: { name: 'liveBadBlock', block } };
}

/** The faults that the next copy meets, in the order of the write path. */
export const MET_BY_COPY: readonly Ladder[] = [
  {
    fault: 3,
    title: titleOf(3, 'the table of the diff area is damaged'),
    aim: 'Explain why clearing does not help here, and what the two possible ends are.',
    watch: [
      {
        text: 'The metadata of the diff area is damaged. Nothing happens until somebody reads it.',
        commands: [broken('diffMetadataCorrupt')],
        expect: every(snapshots(1), { kind: 'fault', fault: 0 }),
      },
      {
        text: 'The next copy cannot be recorded: with protection off, records that cannot be trusted are discarded with the snapshot (event 27); with protection on, fault 3 strikes (event 82).',
        commands: [NEXT_COPY],
        expect: [
          ...bothOutcomes(3),
          ...inWorld('off', { kind: 'logged', eventId: 27, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 82, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The fault is cleared; coming online reads the same damaged table, and fault 3 strikes again.',
        commands: [CLEAR],
        expect: [...blockedAt(3), ...inWorld('on', { kind: 'met', fault: 3, times: 2 })],
      },
    ],
    finish: {
      text: 'Suppose the damage itself can be undone, say by a controller that gives back what it had cached. Save the snapshot.',
      goal: savedAfter(3, 2),
      solution: [repaired('diffMetadataCorrupt'), CLEAR],
      hints: ['Undo the damage, then clear.'],
    },
    doIt: {
      text: 'Cause fault 3 once more, and this time the damage cannot be undone: bring the volume back all the same.',
      goal: inWorld(
        'on',
        { kind: 'met', fault: 3, times: 3 },
        { kind: 'access', access: 'online' },
        snapshots(0),
      ),
      solution: [broken('diffMetadataCorrupt'), LATER_COPY, LEAVE_PROTECTION],
      hints: ['Which way out always works?'],
      detours: [
        {
          claims: blockedAgain(3, 4),
          feedback:
            'Clearing repairs no record. That no repair keeps the snapshots is inferred; no document names one.',
          example: [broken('diffMetadataCorrupt'), LATER_COPY, CLEAR],
        },
      ],
    },
    diagnose: { text: 'Damaged metadata, or metadata that cannot be written?', faults: [3, 13] },
  },
  {
    fault: 4,
    title: titleOf(4, 'no memory for the copy'),
    aim: 'Recognise a shortage of kernel memory, and know that it may be over by itself.',
    watch: [
      {
        text: 'The kernel runs out of memory. Reads and plain writes go on.',
        commands: [broken('kernelMemoryExhausted')],
        expect: every(snapshots(1), { kind: 'access', access: 'online' }),
      },
      {
        text: 'The next copy finds no buffer: with protection off, the snapshot is given up (event 15); with protection on, fault 4 strikes (event 83).',
        commands: [NEXT_COPY],
        expect: [
          ...bothOutcomes(4),
          ...inWorld('off', { kind: 'logged', eventId: 15, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 83, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The pressure on the memory goes away: the documentation calls this cause possibly temporary.',
        commands: [repaired('kernelMemoryExhausted')],
        expect: blockedAt(4),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back with its snapshot.',
      goal: savedAfter(4, 1),
      solution: [CLEAR],
      hints: ['Temporary or not, the fault has to be cleared.'],
    },
    doIt: {
      text: 'Cause fault 4 yourself, and bring the volume back with its snapshot.',
      goal: savedAfter(4, 2),
      solution: [broken('kernelMemoryExhausted'), LATER_COPY, repaired('kernelMemoryExhausted'), CLEAR],
      hints: ['It takes a first write: only a copy needs a buffer.'],
      detours: [
        {
          claims: blockedAgain(4, 3),
          feedback: 'There is still no memory: coming online needs some, too, and struck the same fault.',
          example: [broken('kernelMemoryExhausted'), LATER_COPY, CLEAR],
        },
      ],
    },
    diagnose: { text: 'Out of memory, or a page file too small? The log tells them apart.', faults: [4, 5] },
  },
  {
    fault: 5,
    title: titleOf(5, 'the table cannot be mapped'),
    aim: 'Tell a page file that is too small from a kernel without memory.',
    watch: [
      {
        text: 'The page file is too small to map the table of the diff area.',
        commands: [broken('pageFileTooSmall')],
        expect: every(snapshots(1), { kind: 'access', access: 'online' }),
      },
      {
        text: 'The next copy needs the table: with protection off, the snapshot is given up (events 6 and 15); with protection on, fault 5 strikes (event 84, which advises a larger page file).',
        commands: [NEXT_COPY],
        expect: [
          ...bothOutcomes(5),
          ...inWorld(
            'off',
            { kind: 'logged', eventId: 6, isLogged: true },
            { kind: 'logged', eventId: 15, isLogged: true },
          ),
          ...inWorld('on', { kind: 'logged', eventId: 84, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The page file is enlarged. The volume stays offline until the fault is cleared.',
        commands: [repaired('pageFileTooSmall')],
        expect: blockedAt(5),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back with its snapshot.',
      goal: savedAfter(5, 1),
      solution: [CLEAR],
      hints: ['The cause is gone; the fault has to be cleared.'],
    },
    doIt: {
      text: 'Cause fault 5 yourself, and bring the volume back with its snapshot.',
      goal: savedAfter(5, 2),
      solution: [broken('pageFileTooSmall'), LATER_COPY, repaired('pageFileTooSmall'), CLEAR],
      hints: ['A first write needs the table; make the page file too small before it.'],
      detours: [
        {
          claims: blockedAgain(5, 3),
          feedback: 'The page file is as small as before: mapping failed again.',
          example: [broken('pageFileTooSmall'), LATER_COPY, CLEAR],
        },
      ],
    },
    diagnose: {
      text: 'Page file or kernel memory? Look at which events came, and in which order.',
      faults: [5, 4],
    },
  },
  {
    fault: 6,
    title: titleOf(6, 'the old block cannot be read'),
    aim: 'Say why a bad block of the live volume can cost snapshots, and when it does.',
    watch: [
      {
        text: 'Block 6 of the live volume goes bad. As long as nobody needs it, nothing happens.',
        commands: [badBlock('break', 6)],
        expect: every(snapshots(1), { kind: 'fault', fault: 0 }),
      },
      {
        text: 'Its first overwrite has to read the old content, and cannot: with protection off, the snapshot is given up and the block overwritten (event 14); with protection on, fault 6 strikes (event 85).',
        commands: [NEXT_COPY],
        expect: [
          ...bothOutcomes(6),
          ...inWorld('off', { kind: 'logged', eventId: 14, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 85, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The disk reads block 6 again after some retries; the volume stays offline until the fault is cleared.',
        commands: [badBlock('repair', 6)],
        expect: blockedAt(6),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back with its snapshot.',
      goal: savedAfter(6, 1),
      solution: [CLEAR],
      hints: ['The block can be read again; the fault has to be cleared.'],
    },
    doIt: {
      text: 'Cause fault 6 yourself on another block, and bring the volume back with its snapshot.',
      goal: savedAfter(6, 2),
      solution: [badBlock('break', 9), LATER_COPY, badBlock('repair', 9), CLEAR],
      hints: ['Choose a block that the snapshot still needs, and overwrite it.'],
      detours: [
        {
          claims: blockedAgain(6, 3),
          feedback: 'The block is still bad: its next overwrite strikes the same fault.',
          example: [badBlock('break', 9), LATER_COPY, CLEAR, LATER_COPY],
        },
        {
          claims: inWorld('on', { kind: 'access', access: 'online' }, { kind: 'fault', fault: 0 }),
          feedback: 'Block 3 has its copy already: its old content need not be read, so nothing struck.',
          example: [
            badBlock('break', 3),
            { type: 'write', block: 3, count: 1, content: { kind: 'text', text: 'x' } },
          ],
        },
      ],
    },
    diagnose: {
      text: 'Which side of the copy failed: reading the old block, or writing it away?',
      faults: [6, 7],
    },
  },
  {
    fault: 7,
    title: titleOf(7, 'the copy cannot be written'),
    aim: 'Recognise a diff area that takes no data, and bring the volume back without loss.',
    watch: [
      {
        text: 'The disk of the diff area takes no data any more.',
        commands: [broken('diffDataWritesFail')],
        expect: every(snapshots(1), { kind: 'fault', fault: 0 }),
      },
      {
        text: 'The next copy finds no place: with protection off, the snapshot is given up and the block overwritten (event 14); with protection on, fault 7 strikes (event 86).',
        commands: [NEXT_COPY],
        expect: [
          ...bothOutcomes(7),
          ...inWorld('off', { kind: 'logged', eventId: 14, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 86, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The disk is replaced and takes data again; the volume stays offline until the fault is cleared.',
        commands: [repaired('diffDataWritesFail')],
        expect: blockedAt(7),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back with its snapshot.',
      goal: savedAfter(7, 1),
      solution: [CLEAR],
      hints: ['The cause is gone; the fault has to be cleared.'],
    },
    doIt: {
      text: 'Cause fault 7 yourself, and bring the volume back with its snapshot.',
      goal: savedAfter(7, 2),
      solution: [broken('diffDataWritesFail'), LATER_COPY, repaired('diffDataWritesFail'), CLEAR],
      hints: ['It takes a first write of a block that the snapshot still needs.'],
      detours: [
        {
          claims: blockedAgain(7, 3),
          feedback: 'Cleared too early: the diff area still takes no data, and the next copy struck again.',
          example: [broken('diffDataWritesFail'), LATER_COPY, CLEAR, LATER_COPY],
        },
      ],
    },
    diagnose: { text: 'The copy itself, or its record? The event tells.', faults: [7, 13] },
  },
  {
    fault: 13,
    title: titleOf(13, 'the record of the copy cannot be written'),
    aim: 'Tell an I/O error of the diff area’s metadata from one of its data.',
    watch: [
      {
        text: 'Data still reach the diff area, but its table cannot be written any more.',
        commands: [broken('diffMetadataWritesFail')],
        expect: every(snapshots(1), { kind: 'fault', fault: 0 }),
      },
      {
        text: 'The old block is copied, and then cannot be recorded: with protection off, the snapshot is given up (event 14); with protection on, fault 13 strikes (event 92).',
        commands: [NEXT_COPY],
        expect: [
          ...bothOutcomes(13),
          ...inWorld('off', { kind: 'logged', eventId: 14, isLogged: true }),
          ...inWorld('on', { kind: 'logged', eventId: 92, isLogged: true }),
        ],
      },
    ],
    begun: [
      {
        text: 'The disk is repaired. That this fault is about everything but the copy itself is inferred.',
        commands: [repaired('diffMetadataWritesFail')],
        expect: blockedAt(13),
      },
    ],
    finish: {
      text: 'Finish it: bring the volume back with its snapshot.',
      goal: savedAfter(13, 1),
      solution: [CLEAR],
      hints: ['The cause is gone; the fault has to be cleared.'],
    },
    doIt: {
      text: 'Cause fault 13 yourself, and bring the volume back with its snapshot.',
      goal: savedAfter(13, 2),
      solution: [broken('diffMetadataWritesFail'), LATER_COPY, repaired('diffMetadataWritesFail'), CLEAR],
      hints: ['Let the records fail, then write a block that the snapshot still needs.'],
      detours: [
        {
          claims: blockedAt(7),
          feedback:
            'That is fault 7: the data of the copy could not be written. Here only the record must fail.',
          example: [broken('diffDataWritesFail'), LATER_COPY],
        },
        {
          claims: blockedAgain(13, 3),
          feedback: 'The table still cannot be written: the next record failed as well.',
          example: [broken('diffMetadataWritesFail'), LATER_COPY, CLEAR, LATER_COPY],
        },
      ],
    },
    diagnose: { text: 'Fault 7 or fault 13? How far did the copy come?', faults: [13, 7] },
  },
];
