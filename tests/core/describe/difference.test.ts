import { describe, expect, it } from 'vitest';
import { differenceOf } from '../../../src/core/describe/difference';
import { FAULT_WORDS } from '../../../src/words/catalogue-faults';
import { sentenceOfDifference } from '../../../src/words/difference';
import { FAULTS, scenario, story, storyOfFault, tell } from './told';

const CREATE = { type: 'createSnapshot' } as const;

describe('the moment at which two worlds part', () => {
  it.each(FAULTS)('in the run of fault %i: what each of them gave and kept', (fault) => {
    const history = storyOfFault(fault);
    const difference = differenceOf(history)!;
    const snapshots = fault === 8 ? [1, 2] : [1];
    expect(difference).toMatchObject({ position: history.firstDifference, fault });
    const [off, on] = difference.worlds;
    expect(on).toMatchObject({ world: 'on', lost: [], kept: snapshots, liveVolumeIo: 'blocked' });
    // The missing diff volume may still arrive: nothing is lost yet.
    const isPending = fault === 1;
    expect(off).toMatchObject({ world: 'off', liveVolumeIo: 'flowing', snapshotsPending: isPending });
    expect(off).toMatchObject(isPending ? { lost: [], kept: [1] } : { lost: snapshots, kept: [] });
    const sentence = sentenceOfDifference(difference);
    expect(sentence).toContain(`At step ${difference.position} the paths part`);
    expect(sentence).toContain(FAULT_WORDS[fault].title.slice(1));
    expect(sentence).toContain('Protection on keeps snapshot');
  });

  it('reads as two sentences', () => {
    expect(sentenceOfDifference(differenceOf(storyOfFault(7))!)).toBe(
      'At step 37 the paths part: the old block cannot be written to the diff area (block 18). ' +
        'Protection off deletes snapshot 1 and goes on; Protection on keeps snapshot 1 and blocks all I/O.',
    );
  });

  it('is none while the worlds agree, and none in a single world', () => {
    expect(differenceOf(story(scenario(), [CREATE]))).toBeNull();
    expect(differenceOf(storyOfFault(7, ['on']))).toBeNull();
  });

  it('may be a command that only one of them got', () => {
    const history = story(scenario(), []);
    tell(history, CREATE, { worlds: ['on'] });
    expect(sentenceOfDifference(differenceOf(history)!)).toBe(
      'At step 1 the paths part: create snapshot (Protection on only). ' +
        'Protection off goes on; Protection on goes on: writes are held while the snapshot is taken.',
    );
  });

  it('may be a command that one of them refused', () => {
    const history = story(scenario(), [{ type: 'setProtectionLevel', level: 'SNAPSHOT' }]);
    const difference = differenceOf(history)!;
    expect(difference.fault).toBeNull();
    expect(sentenceOfDifference(difference)).toBe(
      'At step 1 the paths part: turn protection on. ' +
        'Protection off goes on: protection is turned on: VSS_PROTECTION_LEVEL_SNAPSHOT; ' +
        'Protection on refuses: the volume has this protection level already.',
    );
  });
});
