/** What the worker that reads files answers, asked as the page asks it; and what it makes of messages that are none. */
import { describe, expect, test } from 'vitest';
import type { ImageProblem } from '../../src/core/image-problem';
import type { ReplaySettings } from '../../src/core/replay/replay';
import type { Result } from '../../src/core/result';
import { parseWith } from '../../src/formats/flaw';
import { parseStart } from '../../src/formats/kept-start';
import type { Report } from '../../src/formats/report';
import {
  readerReplySchema,
  readerResultSchema,
  type ReaderAnswers,
  type ReaderReply,
  type ReaderRequest,
  type ReaderRequestType,
} from '../../src/protocol/reader-message';
import { FileDesk } from '../../src/reader/file-desk';
import { MQSIM } from '../formats/trace/fixtures/five-columns';
import { imageBytes, WORLDS } from '../formats/volume-image/worlds';

/** A desk in this thread. What it posts is copied and validated, as on its way to the page. */
class Desk {
  readonly replies: ReaderReply[] = [];
  readonly #desk = new FileDesk((reply, transfer) => {
    this.replies.push(structuredClone(reply, { transfer: [...transfer] }));
  });
  #id = 0;

  async ask<Type extends ReaderRequestType>(
    request: ReaderRequest & { readonly type: Type },
  ): Promise<Result<ReaderAnswers[Type], ImageProblem>> {
    this.#id += 1;
    await this.#desk.receive({ id: this.#id, request });
    const reply = this.replies.at(-1);
    expect(parseWith(readerReplySchema, reply)).toMatchObject({ ok: true, value: { id: this.#id } });
    const result = parseWith(
      readerResultSchema<Type>(request.type),
      reply?.kind === 'answer' && reply.result,
    );
    if (!result.ok) throw new Error(JSON.stringify(result.problem));
    return result.value;
  }

  receive(data: unknown): Promise<void> {
    return this.#desk.receive(data);
  }
}

function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

function fileOf(bytes: Uint8Array): Blob {
  return new Blob([bytes.slice()]);
}

const IMAGE = imageBytes(WORLDS['snapshots that read through newer ones']!());

async function deskWithImage(): Promise<Desk> {
  const desk = new Desk();
  value(await desk.ask({ type: 'openImage', file: fileOf(IMAGE) }));
  return desk;
}

describe('an image', () => {
  test('is opened, and each of its blocks read alone, whatever it was read with', async () => {
    const desk = new Desk();
    const facts = value(await desk.ask({ type: 'openImage', file: fileOf(IMAGE) }));
    const { bytes, path } = value(await desk.ask({ type: 'readBlock', content: 'live', block: 1 }));

    expect(facts.snapshots).toHaveLength(4);
    expect(facts.snapshots[0]!.descriptorCount).toBeGreaterThan(0);
    expect(Buffer.compare(bytes, IMAGE.subarray(16_384, 32_768))).toBe(0);
    expect([bytes.buffer.byteLength, path]).toEqual([16_384, [{ place: 'live', offset: 16_384 }]]);
  });

  test('is hashed for its report, which tells of its progress', async () => {
    const desk = await deskWithImage();
    const report = JSON.parse(
      value(await desk.ask({ type: 'reportImage', title: 'a', name: 'b' })),
    ) as Report;
    const told = desk.replies.flatMap((reply) => (reply.kind === 'progress' ? [reply.doneBytes] : []));

    expect(report.worlds[0]!.snapshots).toHaveLength(4);
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual(told.toSorted((one, other) => one - other));
    expect(told.at(-1)).toBeLessThanOrEqual(5 * IMAGE.length);
  });

  test('comes part by part, then as the start of a laboratory', async () => {
    const desk = await deskWithImage();
    let contents = 0;
    for (;;) {
      const part = value(await desk.ask({ type: 'importPart' }));
      contents += part.bytes.length / 16_384;
      if (part.isLast) break;
    }
    const { kept } = value(await desk.ask({ type: 'importStart', start: 7 }));
    const { start } = value(parseStart(kept));

    expect([start.id, start.contents?.start, start.contents?.hashes.length]).toEqual([7, 7, contents]);
  });

  test('asks for what it is not, and is told so', async () => {
    const desk = await deskWithImage();
    const refusals = await Promise.all([
      new Desk().ask({ type: 'readBlock', content: 'live', block: 0 }),
      new Desk().ask({ type: 'importStart', start: 1 }),
      new Desk().ask({ type: 'openImage', file: fileOf(IMAGE.subarray(0, 40_000)) }),
      new Desk().ask({ type: 'openImage', file: fileOf(new Uint8Array(9)) }),
      new Desk().ask({ type: 'endTrace' }),
    ]);
    for (const block of [-1, 1e9, 0.5, NaN]) {
      expect((await desk.ask({ type: 'readBlock', content: 'live', block })).ok, String(block)).toBe(false);
    }
    for (const content of [4, 1e9]) {
      expect((await desk.ask({ type: 'mapImage', content })).ok).toBe(false);
      expect((await desk.ask({ type: 'readBlock', content, block: 0 })).ok).toBe(false);
    }

    expect(refusals.map(({ ok }) => ok)).toEqual(refusals.map(() => false));
  });
});

describe('a trace', () => {
  test('is recognised, surveyed, and counted, however it is cut into pieces', async () => {
    const desk = new Desk();
    const file = value(await desk.ask({ type: 'recognise', file: fileOf(MQSIM.bytes) }));
    if (file.kind !== 'trace') throw new Error(file.kind);
    const { reading } = file.recognition;
    const read = async (pieceBytes: number, settings: ReplaySettings | null) => {
      value(await desk.ask({ type: 'beginTrace', reading, settings }));
      for (let at = 0; at < MQSIM.bytes.length; at += pieceBytes) {
        value(await desk.ask({ type: 'pushTrace', bytes: MQSIM.bytes.slice(at, at + pieceBytes) }));
      }
      return value(await desk.ask({ type: 'endTrace' }));
    };
    const { survey, report } = await read(1e6, null);
    const settings = { records: survey.records, snapshotsAt: [0], device: null, partitionOffsetBytes: 0 };
    const whole = await read(1e6, settings);

    expect([report, whole.survey]).toEqual([null, survey]);
    expect(whole.survey.writes).toBeGreaterThan(0);
    expect(whole.report!.totals.copies).toBeGreaterThan(0);
    expect(await read(7, settings)).toEqual(whole);
  });
});

test('what is no message is answered by a problem, and changes nothing', async () => {
  const desk = await deskWithImage();
  const before = desk.replies.length;
  const hostile: readonly unknown[] = [
    ...[null, 5, 'openImage', [], {}, { id: 1 }, { id: -1, request: { type: 'importPart' } }],
    ...[
      { id: 1, request: { type: 'openImage', file: {} } },
      { id: 1, request: { type: 'toString' } },
    ],
    ...[{ id: 1, request: { type: 'readBlock', content: -1, block: 0 } }],
    ...[{ id: 1, request: { type: 'readBlock', content: 'live', block: 0, more: 1 } }],
    ...[{ id: 1, request: { type: 'pushTrace', bytes: [1] } }],
  ];
  for (const message of hostile) await desk.receive(message);

  expect(desk.replies.slice(before)).toMatchObject(hostile.map(() => ({ result: { ok: false } })));
  expect((await desk.ask({ type: 'readBlock', content: 0, block: 0 })).ok).toBe(true);
});

test('a file that lies about itself is told of', async () => {
  const file = { size: 100_000, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) };
  const desk = new Desk();

  expect(await desk.ask({ type: 'openImage', file })).toEqual({
    ok: false,
    problem: { kind: 'unreadable', reason: 'gone' },
  });
  expect(await desk.ask({ type: 'recognise', file })).toMatchObject({ value: { kind: 'unreadable' } });
});
