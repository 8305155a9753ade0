import type { Lesson } from '../../core/lesson/lesson';
import { answer, every, liveReads, oneWorld, readLive, snapshots, used, write } from '../making';

export const BLOCKS: Lesson = {
  id: 'blocks',
  title: 'Blocks and volumes',
  aim: 'Say what a write does to a volume that has no snapshot.',
  scenario: oneWorld('off'),
  before: [],
  beats: [
    {
      kind: 'tell',
      text: 'A volume is a row of blocks; Volume Shadow Copy works in blocks of 16 KiB, and this volume has sixteen of them.',
      highlight: { part: 'block', number: 0 },
      commands: [],
      expect: every(snapshots(0), used(0)),
    },
    {
      kind: 'tell',
      text: 'A program writes block 5: the request passes the gate and the block takes the new content.',
      highlight: { part: 'block', number: 5 },
      commands: [write(5, 'Monday: the first draft')],
      expect: every(liveReads(5, 'Monday: the first draft'), { kind: 'completed', count: 1 }),
    },
    {
      kind: 'tell',
      text: 'A read of block 5 brings the same bytes back to the program.',
      highlight: { part: 'program' },
      commands: [readLive(5)],
      expect: every(liveReads(5, 'Monday: the first draft'), { kind: 'completed', count: 2 }),
    },
    {
      kind: 'predict',
      question: 'The program writes block 5 again. Where is "Monday: the first draft" afterwards?',
      highlight: { part: 'block', number: 5 },
      answers: [
        answer(
          'Nowhere: it is gone.',
          every(liveReads(5, 'Tuesday: the second draft'), used(0)),
          'Right: without a snapshot nobody has asked for the old content, so nothing saves it.',
        ),
        answer(
          'In the diff area.',
          every(used(1)),
          'The diff area is filled for snapshots only; as long as there is none, a write saves nothing.',
        ),
        answer(
          'Still in block 5, behind the new content.',
          every(liveReads(5, 'Monday: the first draft')),
          'A block holds one content: a write replaces all of it and keeps no history of its own.',
        ),
      ],
      commands: [write(5, 'Tuesday: the second draft')],
      because:
        'No snapshot needs the old content, so the write path goes straight from the look-up to the overwrite.',
    },
    {
      kind: 'task',
      text: 'Write something into block 10 and into block 11.',
      highlight: { part: 'block', number: 10 },
      goal: every(
        { kind: 'written', block: 10, isWritten: true },
        { kind: 'written', block: 11, isWritten: true },
      ),
      solution: [write(10, 'the accounts'), write(11, 'the letters')],
      hints: ['Click a block, or type its number in the write panel and press "Write".'],
      detours: [
        {
          claims: every(
            { kind: 'written', block: 10, isWritten: true },
            { kind: 'written', block: 11, isWritten: false },
          ),
          feedback: 'Block 10 is written; block 11 still holds zeros.',
          example: [write(10, 'the accounts')],
        },
      ],
    },
  ],
};
