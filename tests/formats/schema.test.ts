import { describe, expect, expectTypeOf, test } from 'vitest';
import type * as v from 'valibot';
import { CONDITION_NAMES } from '../../src/core/condition';
import type { Command, CommandType } from '../../src/core/command';
import type { LogRecord } from '../../src/core/log-record';
import type { LaboratoryState } from '../../src/core/laboratory';
import type { Instruction, Scenario } from '../../src/core/scenario';
import type { RunOrigin } from '../../src/core/story';
import { commandSchema, type instructionSchema } from '../../src/formats/command-schema';
import { parseWith } from '../../src/formats/flaw';
import {
  type laboratoryStateSchema,
  type logRecordSchema,
  type runOriginSchema,
  type scenarioSchema,
} from '../../src/formats/laboratory-schema';

// The schemas know all of the core's values and no others: checked by the compiler.
expectTypeOf<v.InferOutput<typeof commandSchema>>().toExtend<Command>();
expectTypeOf<Command>().toExtend<v.InferOutput<typeof commandSchema>>();
expectTypeOf<v.InferOutput<typeof instructionSchema>>().toExtend<Instruction>();
expectTypeOf<Instruction>().toExtend<v.InferOutput<typeof instructionSchema>>();
expectTypeOf<v.InferOutput<typeof scenarioSchema>>().toExtend<Scenario>();
expectTypeOf<Scenario>().toExtend<v.InferOutput<typeof scenarioSchema>>();
expectTypeOf<v.InferOutput<typeof runOriginSchema>>().toExtend<RunOrigin>();
expectTypeOf<RunOrigin>().toExtend<v.InferOutput<typeof runOriginSchema>>();
expectTypeOf<v.InferOutput<typeof logRecordSchema>>().toExtend<LogRecord>();
expectTypeOf<LogRecord>().toExtend<v.InferOutput<typeof logRecordSchema>>();
expectTypeOf<v.InferOutput<typeof laboratoryStateSchema>>().toExtend<LaboratoryState>();
expectTypeOf<LaboratoryState>().toExtend<v.InferOutput<typeof laboratoryStateSchema>>();

const EXAMPLES: { readonly [Type in CommandType]: Command & { type: Type } } = {
  write: { type: 'write', block: 3, count: 2, content: { kind: 'text', text: 'Grüße 💾' } },
  writeBurst: { type: 'writeBurst', order: 'random', block: 0, span: 8, from: 64, writes: 9, seed: -5 },
  replayWrites: { type: 'replayWrites', from: 256, writes: Uint32Array.of(3, 1, 0, 8) },
  read: { type: 'read', block: 3, from: { snapshot: 2 } },
  createSnapshot: { type: 'createSnapshot' },
  deleteSnapshot: { type: 'deleteSnapshot', snapshot: 1 },
  revertToSnapshot: { type: 'revertToSnapshot', snapshot: 1 },
  setProtectionLevel: { type: 'setProtectionLevel', level: 'SNAPSHOT' },
  clearProtectionFault: { type: 'clearProtectionFault' },
  deleteUnusedDiffAreas: { type: 'deleteUnusedDiffAreas' },
  resizeDiffArea: { type: 'resizeDiffArea', maximumBlocks: null },
  takeOffline: { type: 'takeOffline' },
  bringOnline: { type: 'bringOnline' },
  detachDiffVolume: { type: 'detachDiffVolume' },
  attachDiffVolume: { type: 'attachDiffVolume' },
  externalWrite: { type: 'externalWrite', block: 9 },
  break: { type: 'break', condition: { name: 'liveBadBlock', block: 4 } },
  repair: { type: 'repair', condition: { name: 'growthSlow' } },
  wait: { type: 'wait', durationMs: 300_000 },
  clusterPrepareOffline: { type: 'clusterPrepareOffline' },
  clusterFinishFailover: { type: 'clusterFinishFailover' },
  unexpectedError: { type: 'unexpectedError' },
};

describe('a command', () => {
  test.each(Object.entries(EXAMPLES))('%s passes unchanged', (_type, command) => {
    expect(parseWith(commandSchema, structuredClone(command))).toEqual({ ok: true, value: command });
  });

  test('may have the writes of a replay as a plain list', () => {
    const command = { ...EXAMPLES.replayWrites, writes: [...EXAMPLES.replayWrites.writes] };

    expect(parseWith(commandSchema, command)).toEqual({ ok: true, value: EXAMPLES.replayWrites });
  });

  test('may break every condition there is', () => {
    for (const name of CONDITION_NAMES) {
      const condition = name === 'liveBadBlock' ? { name, block: 1 } : { name };
      expect(parseWith(commandSchema, { type: 'break', condition })).toMatchObject({ ok: true });
    }
  });

  // What is merely not possible, such as a block beyond the end, is for the machine to refuse.
  test('may ask for what the machine refuses', () => {
    const command = {
      type: 'write',
      block: -1,
      count: 0,
      content: { kind: 'text', text: 'x'.repeat(20_000) },
    };

    expect(parseWith(commandSchema, command)).toMatchObject({ ok: true });
  });

  const flawed: [command: unknown, place: string][] = [
    [{ type: 'write', block: 1.5, count: 1, content: { kind: 'text', text: '' } }, 'block'],
    [{ type: 'write', block: Infinity, count: 1, content: { kind: 'text', text: '' } }, 'block'],
    [
      { type: 'write', block: 1, count: 1, content: { kind: 'text', text: 'x'.repeat(1_048_577) } },
      'content.text',
    ],
    [{ type: 'write', block: 1, count: 1, content: { kind: 'image' } }, 'content.kind'],
    [{ ...EXAMPLES.writeBurst, from: -1 }, 'from'],
    [{ ...EXAMPLES.writeBurst, order: 'backwards' }, 'order'],
    [{ ...EXAMPLES.replayWrites, from: -1 }, 'from'],
    [{ ...EXAMPLES.replayWrites, writes: [3, 1, 4] }, 'writes'],
    [{ ...EXAMPLES.replayWrites, writes: [3, 1.5] }, 'writes'],
    [{ ...EXAMPLES.replayWrites, writes: Array.from({ length: 514 }, () => 1) }, 'writes'],
    [{ ...EXAMPLES.replayWrites, writes: [3, -1] }, 'writes'],
    [{ ...EXAMPLES.replayWrites, writes: [2 ** 32, 1] }, 'writes'],
    [{ ...EXAMPLES.replayWrites, writes: [3, '1'] }, 'writes'],
    [{ ...EXAMPLES.replayWrites, writes: '31' }, 'writes'],
    [{ ...EXAMPLES.replayWrites, writes: Uint32Array.of(3, 1, 4) }, 'writes'],
    [{ ...EXAMPLES.replayWrites, writes: new Uint32Array(514) }, 'writes'],
    [{ ...EXAMPLES.replayWrites, writes: Float64Array.of(3, 1) }, 'writes'],
    [{ type: 'read', block: 1, from: 'elsewhere' }, 'from'],
    [{ type: 'setProtectionLevel', level: 'BOTH' }, 'level'],
    [{ type: 'break', condition: { name: 'liveBadBlock' } }, 'condition.block'],
    [{ type: 'break', condition: { name: 'everything' } }, 'condition.name'],
    [{ type: 'bringOnline', at: 'once' }, 'at'],
    [{}, 'type'],
  ];

  test.each(flawed)('that is wrong is refused, number %$', (command, place) => {
    expect(parseWith(commandSchema, command)).toMatchObject({ ok: false, problem: { place } });
  });
});
