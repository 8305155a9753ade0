import { CONTROL_WORDS } from '../../words/panels';
import { sentenceOfRefusal } from '../../words/refusals';

/** What is wrong with a typed number; `null` when it is whole and within its bounds. */
export function problemOfNumber(value: number, lowest: number, highest = Infinity): string | null {
  const isFine = Number.isSafeInteger(value) && value >= lowest && value <= highest;
  return isFine ? null : CONTROL_WORDS.wholeNumber(lowest, highest);
}

/** The same for the number of a block: outside the volume the machine's own words are used. */
export function problemOfBlock(block: number, blockCount: number): string | null {
  if (!Number.isSafeInteger(block)) return CONTROL_WORDS.wholeNumber(0, blockCount - 1);
  const isInside = block >= 0 && block < blockCount;
  return isInside ? null : sentenceOfRefusal({ code: 'blockOutsideVolume', block, blockCount });
}

/** The first field of a form that is marked as wrong gets the attention. */
export function focusFirstProblem(form: HTMLElement): void {
  form.querySelector<HTMLElement>('[aria-invalid]')?.focus();
}
