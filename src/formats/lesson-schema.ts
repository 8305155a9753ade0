import * as v from 'valibot';
import { BLOCK_SIZE_BYTES } from '../core/block';
import { EVENT_ENTRIES, type EventId } from '../core/catalogue/event-id';
import type { FaultNumber } from '../core/fault';
import type { Access } from '../core/machine';
import { PROTECTION_LEVELS } from '../core/protection';
import { WORLD_IDS } from '../core/scenario';
import { commandSchema, contentSchema } from './command-schema';
import { faultNumberSchema, newScenarioSchema } from './laboratory-schema';
import { listOf, naturalNumber } from './number-schema';

const MOST_BEATS = 200;
const MOST_COMMANDS_OF_A_BEAT = 200;
const MOST_ITEMS = 100;
/** As many as a kept answer can tell apart. */
const MOST_ANSWERS = 10;
const LONGEST_TEXT = 1_000;
const LONGEST_TITLE = 120;
const LONGEST_ID = 60;

const ACCESSES = [
  'online',
  'offlineByAdministrator',
  'offlineForCluster',
  'offlineForProtection',
] as const satisfies readonly Access[];

const textSchema = v.pipe(v.string(), v.maxLength(LONGEST_TEXT));
const commandsSchema = listOf(commandSchema, MOST_COMMANDS_OF_A_BEAT);

const eventIdSchema = v.custom<EventId>(
  (value) => typeof value === 'number' && Object.hasOwn(EVENT_ENTRIES, value),
  'Expected the number of an event that the laboratory knows',
);

const noFaultOrFaultSchema = v.custom<FaultNumber | 0>(
  (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 16,
  'Expected the number of a fault, 1 to 16, or 0 for none',
);

const factSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('level'), level: v.picklist(PROTECTION_LEVELS) }),
  v.strictObject({ kind: v.literal('fault'), fault: noFaultOrFaultSchema }),
  v.strictObject({ kind: v.literal('access'), access: v.picklist(ACCESSES) }),
  v.strictObject({ kind: v.picklist(['snapshots', 'snapshotsLost']), count: naturalNumber }),
  v.strictObject({ kind: v.picklist(['used', 'allocated']), blocks: naturalNumber }),
  v.strictObject({ kind: v.literal('copies'), snapshot: naturalNumber, count: naturalNumber }),
  v.strictObject({ kind: v.picklist(['completed', 'failed']), count: naturalNumber }),
  v.strictObject({ kind: v.literal('logged'), eventId: eventIdSchema, isLogged: v.boolean() }),
  v.strictObject({ kind: v.literal('met'), fault: faultNumberSchema, times: naturalNumber }),
  v.strictObject({
    kind: v.literal('reads'),
    from: v.union([v.literal('live'), v.strictObject({ snapshot: naturalNumber })]),
    block: naturalNumber,
    text: v.pipe(v.string(), v.maxLength(BLOCK_SIZE_BYTES)),
  }),
  v.strictObject({ kind: v.literal('written'), block: naturalNumber, isWritten: v.boolean() }),
  v.strictObject({ kind: v.literal('pending'), isPending: v.boolean() }),
  v.strictObject({ kind: v.literal('unused'), isUnused: v.boolean() }),
]);

const claimsSchema = listOf(
  v.strictObject({ world: v.picklist([...WORLD_IDS, 'every']), fact: factSchema }),
  MOST_ITEMS,
);

const highlightSchema = v.nullable(
  v.variant('part', [
    v.strictObject({
      part: v.picklist(['program', 'gate', 'diffArea', 'shelf', 'protectionStatus', 'eventLog', 'timeline']),
    }),
    v.strictObject({ part: v.picklist(['block', 'slot']), number: naturalNumber }),
    v.strictObject({ part: v.literal('snapshot'), number: naturalNumber }),
  ]),
);

const answerSchema = v.strictObject({ text: textSchema, claims: claimsSchema, feedback: textSchema });

const detourSchema = v.strictObject({ claims: claimsSchema, feedback: textSchema, example: commandsSchema });

const beatSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('tell'),
    text: textSchema,
    highlight: highlightSchema,
    commands: commandsSchema,
    expect: claimsSchema,
  }),
  v.strictObject({
    kind: v.literal('predict'),
    question: textSchema,
    highlight: highlightSchema,
    answers: listOf(answerSchema, MOST_ANSWERS),
    commands: commandsSchema,
    because: textSchema,
  }),
  v.strictObject({
    kind: v.literal('task'),
    text: textSchema,
    highlight: highlightSchema,
    goal: claimsSchema,
    solution: commandsSchema,
    hints: listOf(textSchema, MOST_ITEMS),
    detours: listOf(detourSchema, MOST_ITEMS),
  }),
  v.strictObject({
    kind: v.literal('byHand'),
    text: textSchema,
    block: naturalNumber,
    content: contentSchema,
  }),
  v.strictObject({ kind: v.literal('diagnose'), text: textSchema, faults: listOf(faultNumberSchema, 16) }),
]);

/** The form of a lesson, also of one that is still being made: texts may be empty, lists too. */
export const lessonSchema = v.strictObject({
  id: v.pipe(
    v.string(),
    v.maxLength(LONGEST_ID),
    v.regex(/^[a-z0-9-]*$/, 'Expected lower case letters, digits and hyphens'),
  ),
  title: v.pipe(v.string(), v.maxLength(LONGEST_TITLE)),
  aim: textSchema,
  scenario: newScenarioSchema,
  before: commandsSchema,
  beats: listOf(beatSchema, MOST_BEATS),
});

export const LESSON_LIMITS = {
  answers: MOST_ANSWERS,
  beats: MOST_BEATS,
  commands: MOST_COMMANDS_OF_A_BEAT,
  hints: MOST_ITEMS,
  text: LONGEST_TEXT,
  title: LONGEST_TITLE,
  id: LONGEST_ID,
} as const;
