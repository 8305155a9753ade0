/** As much of JSON Schema as the published schemas use; a keyword it does not know is an error. */

type Schema = Readonly<Record<string, unknown>>;

const IGNORED = new Set(['$schema', 'title', 'description']);

/** What does not fit, each with its place; none when the value fits. */
export function flawsOf(schema: Schema, value: unknown, place = '$'): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    if (IGNORED.has(keyword)) return [];
    const check = KEYWORDS[keyword];
    if (check === undefined) return [`${place}: the keyword ${keyword} is unknown`];
    return check(rule, value, place, schema);
  });
}

type Check = (rule: unknown, value: unknown, place: string, schema: Schema) => readonly string[];

const flawIf = (isFlaw: boolean, place: string, what: string) => (isFlaw ? [`${place}: ${what}`] : []);

const KEYWORDS: Readonly<Record<string, Check>> = {
  type: (rule, value, place) => flawIf(![rule].flat().includes(typeOf(value)), place, `is ${typeOf(value)}`),
  const: (rule, value, place) => flawIf(rule !== value, place, `is not ${String(rule)}`),
  enum: (rule, value, place) => flawIf(!(rule as unknown[]).includes(value), place, 'is none of the list'),
  minimum: (rule, value, place) =>
    flawIf(typeof value === 'number' && value < Number(rule), place, `is below ${String(rule)}`),
  maximum: (rule, value, place) =>
    flawIf(typeof value === 'number' && value > Number(rule), place, `is above ${String(rule)}`),
  minLength: (rule, value, place) =>
    flawIf(typeof value === 'string' && value.length < Number(rule), place, 'is too short'),
  pattern: (rule, value, place) =>
    flawIf(
      typeof value === 'string' && !new RegExp(String(rule), 'u').test(value),
      place,
      'has another form',
    ),
  items: (rule, value, place) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => flawsOf(rule as Schema, item, `${place}[${index}]`))
      : [],
  required: (rule, value, place) =>
    isObject(value)
      ? (rule as string[]).filter((key) => !(key in value)).map((key) => `${place}: ${key} is missing`)
      : [],
  properties: (rule, value, place) =>
    isObject(value)
      ? Object.entries(rule as Record<string, Schema>).flatMap(([key, inner]) =>
          key in value ? flawsOf(inner, value[key], `${place}.${key}`) : [],
        )
      : [],
  additionalProperties: (rule, value, place, schema) =>
    isObject(value) && rule === false
      ? Object.keys(value)
          .filter((key) => !(key in (schema['properties'] as object)))
          .map((key) => `${place}: ${key} is unknown`)
      : [],
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
