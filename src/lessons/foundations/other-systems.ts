import type { Lesson } from '../../core/lesson/lesson';
import {
  answer,
  bothWorlds,
  burst,
  every,
  fault,
  inWorld,
  IS_BLOCKED,
  IS_ONLINE,
  SNAPSHOT,
  snapshots,
  used,
} from '../making';

export const OTHER_SYSTEMS: Lesson = {
  id: 'other-systems',
  title: 'How other systems choose',
  aim: 'Tell for a copy-on-write system which of the two promises it keeps when its space runs out.',
  scenario: bothWorlds({ initialBlocks: 4, maximumBlocks: null, diffVolumeBlocks: 4, growthStepBlocks: 4 }),
  before: [burst(0, 16), SNAPSHOT],
  beats: [
    {
      kind: 'tell',
      text: 'The same workload for all: one snapshot, and a store with room for four old blocks. Four systems are run here as the promise that each of them keeps: that is an analogy, and the outcome is this engine’s. Sources stand in the reference, under Other systems.',
      highlight: { part: 'diffArea' },
      commands: [burst(0, 4)],
      expect: every(used(4), snapshots(1), IS_ONLINE),
    },
    {
      kind: 'predict',
      question:
        'dm-snapshot of Linux: the store fills up. Its documentation says that the snapshot becomes useless and the origin goes on. Which world is that?',
      highlight: { part: 'shelf' },
      answers: [
        answer(
          'Protection off: the snapshot goes, the write completes.',
          [...inWorld('off', snapshots(0), IS_ONLINE), ...inWorld('on', snapshots(1), IS_BLOCKED)],
          'Right: the origin is favoured, as at level ORIGINAL_VOLUME (documented in the kernel’s snapshot.rst).',
        ),
        answer(
          'Protection on: the origin stops.',
          [...inWorld('on', snapshots(0), IS_ONLINE)],
          'Read again: "useless" is said of the snapshot. Nothing stops the origin.',
        ),
        answer(
          'Neither: both go on.',
          every(snapshots(1), IS_ONLINE),
          'A full store leaves no third way: the next old block has nowhere to go.',
        ),
      ],
      commands: [burst(4, 1)],
      because: 'Microsoft’s default and dm-snapshot make the same promise: the live volume first.',
    },
    {
      kind: 'tell',
      text: 'LVM thin pools queue the I/O when their data space runs out, and return errors after a time-out (60 s by default; kernel documentation, thin-provisioning.rst): the work waits, the snapshots stay. That is nearest to the protected world.',
      highlight: { part: 'gate' },
      commands: [],
      expect: inWorld('on', IS_BLOCKED, fault(8), snapshots(1)),
    },
    {
      kind: 'tell',
      text: 'ZFS has no store of its own: snapshots hold on to old blocks, and in a full pool it is the live writes that fail (Oracle’s ZFS administration guide). That no snapshot is dropped for them is inferred.',
      highlight: { part: 'program' },
      commands: [burst(5, 1)],
      expect: inWorld('on', IS_BLOCKED, snapshots(1), { kind: 'failed', count: 2 }),
    },
    {
      kind: 'predict',
      question:
        'blksnap of Veeam is made for backups: on overflow the images are inconsistent and the backup fails. What does it protect?',
      highlight: { part: 'protectionStatus' },
      answers: [
        answer(
          'The live volume: it goes on, and the snapshot is worthless.',
          inWorld('off', IS_ONLINE, snapshots(0), { kind: 'failed', count: 0 }),
          'Right: its documentation (blksnap.md) says that the system stays up and the live data are safe. It chooses as ORIGINAL_VOLUME does.',
        ),
        answer(
          'The snapshot: writes are held back.',
          inWorld('off', snapshots(1)),
          'Holding the system’s writes back for a backup would turn the backup into an outage.',
        ),
        answer(
          'Both, by enlarging its store for ever.',
          inWorld('off', snapshots(1), used(6)),
          'It asks to be enlarged in time, but a store can grow only as far as there is space.',
        ),
      ],
      commands: [burst(6, 1)],
      because: 'Whoever must stay up gives up the snapshot; whoever must keep the past stops the work.',
    },
    {
      kind: 'task',
      text: 'An LVM administrator extends the pool and the queued writes go on. Here the volume itself is full: bring the protected world back online, and keep its snapshot.',
      highlight: { part: 'diffArea' },
      goal: inWorld('on', IS_ONLINE, fault(0), snapshots(1)),
      solution: [{ type: 'clearProtectionFault' }],
      hints: [
        'This diff volume cannot grow: clearing brings the volume back, and the next first write will strike again.',
      ],
      detours: [
        {
          claims: inWorld('on', IS_BLOCKED),
          feedback: 'The volume is still offline: a pause alone changes nothing here.',
          example: [{ type: 'wait', durationMs: 60_000 }],
        },
        {
          claims: inWorld('on', IS_ONLINE, snapshots(0)),
          feedback: 'The volume is back, but at the price that dm-snapshot pays: the snapshot.',
          example: [{ type: 'setProtectionLevel', level: 'ORIGINAL_VOLUME' }],
        },
      ],
    },
  ],
};
