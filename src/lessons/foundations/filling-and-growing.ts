import type { Lesson } from '../../core/lesson/lesson';
import { answer, burst, every, oneWorld, SNAPSHOT, snapshots, used } from '../making';

export const FILLING_AND_GROWING: Lesson = {
  id: 'filling-and-growing',
  title: 'The diff area fills and grows',
  aim: 'Say what makes the diff area grow, and what bounds it.',
  scenario: oneWorld('off', {
    blockCount: 32,
    diffVolumeBlocks: 32,
    initialBlocks: 8,
    maximumBlocks: 16,
    growthStepBlocks: 4,
  }),
  before: [burst(0, 32), SNAPSHOT],
  beats: [
    {
      kind: 'tell',
      text: 'The first snapshot allocates eight slots in advance; none is in use yet.',
      highlight: { part: 'diffArea' },
      commands: [],
      expect: every(used(0), { kind: 'allocated', blocks: 8 }),
    },
    {
      kind: 'tell',
      text: 'Four blocks are overwritten for the first time: four slots are in use, four are free.',
      highlight: { part: 'slot', number: 3 },
      commands: [burst(0, 4)],
      expect: every(used(4), { kind: 'allocated', blocks: 8 }),
    },
    {
      kind: 'predict',
      question: 'One more first write, then a pause of 8 ms. How large is the diff area afterwards?',
      highlight: { part: 'slot', number: 4 },
      answers: [
        answer(
          'Twelve slots: it grows before it is full.',
          every(used(5), { kind: 'allocated', blocks: 12 }),
          'Right: fewer than four free slots start the growth, and it takes time of its own.',
        ),
        answer(
          'Eight slots: three are still free.',
          every({ kind: 'allocated', blocks: 8 }),
          'Growing only when the last slot is taken would make every write wait for it.',
        ),
        answer(
          'Nine slots: one for each copy.',
          every({ kind: 'allocated', blocks: 9 }),
          'The area grows in steps, here of four blocks; a step for each copy would cost too much.',
        ),
      ],
      commands: [burst(4, 1), { type: 'wait', durationMs: 8 }],
      because:
        'Growth starts early so that writes need not wait. How early, and in what steps, Windows does not document: both figures here are inferred.',
    },
    {
      kind: 'tell',
      text: 'Writing on, slowly enough for the growth to keep up: the area reaches its maximum of sixteen slots.',
      highlight: { part: 'diffArea' },
      commands: [burst(5, 4), { type: 'wait', durationMs: 8 }],
      expect: every(used(9), { kind: 'allocated', blocks: 16 }),
    },
    {
      kind: 'predict',
      question:
        'Seven first writes fill the last slots, and an eighth needs one more. What happens to it, at the default protection level?',
      highlight: { part: 'slot', number: 15 },
      answers: [
        answer(
          'It completes, and the snapshot is deleted.',
          every(snapshots(0), used(0), { kind: 'failed', count: 0 }),
          'Right: by default the snapshots give way, and the write goes on as if nothing had happened.',
        ),
        answer(
          'It fails, and the snapshot is kept.',
          every(snapshots(1), { kind: 'failed', count: 1 }),
          'That is what protection mode would do. It is off by default, and then writing goes first.',
        ),
        answer(
          'It completes and is simply not copied; the snapshot stays.',
          every(snapshots(1), { kind: 'failed', count: 0 }),
          'A snapshot that missed one copy would show wrong bytes; no snapshot is better than a false one.',
        ),
      ],
      commands: [burst(9, 8)],
      because:
        'Stopped by the maximum, the oldest snapshot is deleted to make room; here it is also the newest, so all are lost (event 36).',
    },
    {
      kind: 'task',
      text: 'Take a snapshot again and fill it without losing it: raise the maximum first.',
      highlight: { part: 'diffArea' },
      goal: every(snapshots(1), used(20)),
      solution: [{ type: 'resizeDiffArea', maximumBlocks: null }, SNAPSHOT, burst(0, 20)],
      hints: [
        'In the diff area panel the maximum can be raised, or left unbounded.',
        'Then take the snapshot, and write twenty different blocks.',
      ],
      detours: [
        {
          claims: every(snapshots(0), { kind: 'allocated', blocks: 0 }),
          feedback: 'The maximum is still sixteen slots: the seventeenth copy cost the snapshot again.',
          example: [SNAPSHOT, burst(0, 20)],
        },
      ],
    },
  ],
};
