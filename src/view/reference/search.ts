import { REFERENCE_WORDS } from '../../words/reference';
import type { ReferenceEntry } from './entries';

/** Without case and diacritics; what joins words in names counts as a space as well. */
function normalized(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

const haystacks = new WeakMap<ReferenceEntry, string>();

function haystackOf(entry: ReferenceEntry): string {
  const known = haystacks.get(entry);
  if (known !== undefined) return known;
  const texts = [
    entry.title,
    entry.code ?? '',
    entry.also,
    REFERENCE_WORDS.sections[entry.section],
    ...entry.lines.map(({ text }) => text),
  ];
  const joined = normalized(texts.join(' '));
  const haystack = `${joined} ${joined.replaceAll('_', ' ')}`;
  haystacks.set(entry, haystack);
  return haystack;
}

/** A number is looked for as a whole: 8 is not 87. */
function contains(haystack: string, word: string): boolean {
  if (!/^\d+$/.test(word)) return haystack.includes(word);
  return new RegExp(`(?<![\\da-f.x])${word}(?![\\d.])`).test(haystack);
}

/** The entries in which every word of a query occurs, those with it in their title first, then those that are also called so. */
export function searchReference(
  entries: readonly ReferenceEntry[],
  query: string,
): readonly ReferenceEntry[] {
  const words = normalized(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = entries.filter((entry) => words.every((word) => contains(haystackOf(entry), word)));
  const isIn = (text: string): boolean => words.every((word) => contains(normalized(text), word));
  const rank = ({ id, section, title, code, also }: ReferenceEntry): number => {
    if (words.includes(id.toLowerCase()) && section === 'events') return 0;
    return isIn(title) ? 1 : isIn(`${title} ${code ?? ''} ${also}`) ? 2 : 3;
  };
  return found.toSorted((one, other) => rank(one) - rank(other));
}
