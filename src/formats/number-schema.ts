import * as v from 'valibot';

/** Any whole number that JavaScript can count with: whether it makes sense is for the machine to say. */
export const wholeNumber = v.pipe(v.number(), v.safeInteger());

export function wholeNumberBetween(lowest: number, highest: number) {
  return v.pipe(wholeNumber, v.minValue(lowest), v.maxValue(highest));
}

/** A count, an identifier, a position. */
export const naturalNumber = wholeNumberBetween(0, Number.MAX_SAFE_INTEGER);

export function listOf<const Item extends v.GenericSchema>(item: Item, maximumLength: number) {
  return v.pipe(v.array(item), v.maxLength(maximumLength), v.readonly());
}
