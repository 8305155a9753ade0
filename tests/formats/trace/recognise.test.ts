import { describe, expect, test } from 'vitest';
import type { TraceFormat } from '../../../src/core/replay/trace';
import { questionsAbout } from '../../../src/formats/trace/questions';
import { recogniseTrace, TRACE_HEAD_BYTES } from '../../../src/formats/trace/recognise';
import { BLKPARSE, BLKPARSE_ISSUED } from './fixtures/blkparse';
import { ALIBABA, MSR, MSR_WITH_HEADER } from './fixtures/comma-separated';
import { EVERY_FIXTURE } from './fixtures/every';
import { FIO_2, FIO_3 } from './fixtures/fio';
import { DISKSIM, MQSIM, SSDSIM } from './fixtures/five-columns';
import { textBytes, type Fixture } from './fixtures/fixture';
import { PROCMON } from './fixtures/procmon';
import { recognise, surveyOf } from './reading';

/** SSDsim and MQSim read the same lines. */
const TWINS: TraceFormat[] = ['mqsim', 'ssdsim'];

describe('recognised by what is in it:', () => {
  test.each(EVERY_FIXTURE)('$name', ({ bytes, format }) => {
    const { reading, alternatives } = recognise(bytes);

    if (TWINS.includes(format))
      expect([reading.format, ...alternatives]).toEqual(expect.arrayContaining(TWINS));
    else expect([reading.format, ...alternatives]).toEqual([format]);
  });
});

describe('how sure it is:', () => {
  const named: readonly Fixture[] = [FIO_2, FIO_3, PROCMON, MSR_WITH_HEADER];

  test.each(named)('certain of $name, which names itself', ({ bytes }) => {
    expect(recognise(bytes).confidence).toBe('certain');
  });

  test.each([MSR, ALIBABA, DISKSIM, BLKPARSE])('less so of $name, which only fits', ({ bytes }) => {
    expect(recognise(bytes).confidence).toBe('likely');
  });

  test('five columns of whole numbers may be any of three', () => {
    expect(recognise(MQSIM.bytes)).toEqual({
      reading: { format: 'mqsim', blkparseAction: 'Q' },
      confidence: 'ambiguous',
      alternatives: ['ssdsim', 'disksim'],
    });
  });

  test('records closer than nanoseconds allow are taken for milliseconds first', () => {
    expect(recognise(textBytes('0 0 0 8 0\n3 0 8 8 1\n9 0 64 8 0\n'))).toMatchObject({
      reading: { format: 'disksim' },
      alternatives: ['mqsim', 'ssdsim'],
    });
  });

  test('a flag that only DiskSim has settles it, and so does a fraction', () => {
    for (const line of ['5000000 0 0 8 2', '5000000.5 0 0 8 0']) {
      const bytes = textBytes(`0 0 0 8 0\n${line}\n9000000 0 64 8 1\n`);
      expect(recognise(bytes), line).toMatchObject({ reading: { format: 'disksim' }, alternatives: [] });
    }
  });

  test('a line that is damaged does not change what the others say', () => {
    const bytes = textBytes(`damaged\n${'419,W,4096,4096,1577808000000626\n'.repeat(9)}`);

    expect(recognise(bytes)).toMatchObject({ reading: { format: 'alibaba' }, confidence: 'likely' });
  });

  test('a file longer than the head is told by the head, though a line is cut there', () => {
    const bytes = textBytes('1538323199,32,64,1,1063\n'.repeat(9000));

    expect(bytes.length).toBeGreaterThan(TRACE_HEAD_BYTES);
    expect(bytes[TRACE_HEAD_BYTES - 1]).not.toBe(0x0a);
    expect(recognise(bytes)).toMatchObject({ reading: { format: 'tencent' }, confidence: 'likely' });
  });

  test('of blkparse the queued requests count, and where there are none the issued ones', () => {
    expect(recognise(BLKPARSE.bytes).reading).toEqual({ format: 'blkparse', blkparseAction: 'Q' });
    expect(recognise(BLKPARSE_ISSUED.bytes).reading).toEqual({ format: 'blkparse', blkparseAction: 'D' });
  });
});

describe('no trace:', () => {
  const others: readonly (readonly [what: string, bytes: Uint8Array])[] = [
    ['nothing', new Uint8Array(0)],
    ['a laboratory', textBytes('{"format":"shadow-copy-lab.laboratory","version":1}\n')],
    ['prose', textBytes('Total recall\nof the read and write of it all,\nwith 4096 words.\n')],
    ['another table', textBytes('name,size\na,1\nb,2\n')],
    ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)],
    ['a qcow2 image', Buffer.concat([textBytes('QFI\u{fb}'), new Uint8Array(4096).fill(3)])],
    ['zeros', new Uint8Array(TRACE_HEAD_BYTES)],
    ['one endless line', new Uint8Array(TRACE_HEAD_BYTES).fill(0x31)],
  ];

  test.each(others)('%s', (_what, bytes) => {
    expect(recogniseTrace(bytes)).toBeNull();
  });
});

describe('what only the user can know is asked:', () => {
  const kindsFor = ({ bytes }: Fixture): readonly string[] => {
    const recognition = recognise(bytes);
    return questionsAbout(recognition, surveyOf([bytes], recognition.reading)).map(({ kind }) => kind);
  };

  const asked: readonly (readonly [fixture: Fixture, kinds: readonly string[]])[] = [
    [MQSIM, ['format', 'timeUnit', 'device', 'partitionOffset']],
    [SSDSIM, ['format', 'timeUnit', 'device', 'partitionOffset']],
    [DISKSIM, ['partitionOffset']],
    [MSR, ['device', 'partitionOffset']],
    [FIO_2, ['partitionOffset']],
    [FIO_3, ['device']],
    [PROCMON, ['device']],
  ];

  test.each(asked.map(([fixture, kinds]) => ({ name: fixture.name, fixture, kinds })))(
    '$name: $kinds',
    ({ fixture, kinds }) => {
      expect(kindsFor(fixture)).toEqual(kinds);
    },
  );

  test('with the choices, and what holds until the answer', () => {
    const recognition = recognise(MQSIM.bytes);
    const questions = questionsAbout(recognition, surveyOf([MQSIM.bytes], recognition.reading));

    expect(questions).toEqual([
      {
        kind: 'format',
        choices: ['mqsim', 'ssdsim', 'disksim'],
        default: 'mqsim',
        why: 'sameColumns',
      },
      { kind: 'timeUnit', choices: ['ns', 'us', 'ps'], default: 'ns', why: 'setBesideTheTrace' },
      { kind: 'device', choices: [null, 0, 1], default: null, why: 'severalDevices' },
      {
        kind: 'partitionOffset',
        choices: [0, 32_256, 1_048_576],
        default: 0,
        why: 'blocksBeginWithTheVolume',
      },
    ]);
  });
});
