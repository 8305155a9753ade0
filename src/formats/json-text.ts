import type { Flaw } from '../core/problem';
import { failure, success, type Result } from '../core/result';

/** What may come next in a JSON text. */
type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

const SENTENCES: Readonly<Record<Expected, string>> = {
  value: 'Expected a value',
  valueOrEnd: 'Expected a value or "]"',
  key: 'Expected a name in quotes',
  keyOrEnd: 'Expected a name in quotes or "}"',
  colon: 'Expected ":"',
  commaOrEnd: 'Expected "," or the closing bracket',
  nothing: 'Expected the end of the file',
};

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[ !#-[\]-\u{10FFFF}]|\\["\\/bfnrt]|\\u[\da-fA-F]{4})*"/uy;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Parses JSON. What is wrong is told with its line and column, which browsers do not agree on by themselves. */
export function parseJsonText(text: string): Result<unknown, Flaw> {
  try {
    return success(JSON.parse(text) as unknown);
  } catch {
    return failure(new Scanner(text).firstFlaw());
  }
}

/** Walks through a text that is known to be no JSON, as far as it is. It keeps a stack instead of calling itself. */
class Scanner {
  readonly #text: string;
  readonly #open: ('[' | '{')[] = [];
  #at = 0;
  #expected: Expected = 'value';

  constructor(text: string) {
    this.#text = text;
  }

  firstFlaw(): Flaw {
    do this.#skip(SPACE);
    while (this.#at < this.#text.length && this.#step());
    const lines = this.#text.slice(0, this.#at).split('\n');
    const reason = this.#reason(this.#text[this.#at]);
    return { place: `line ${lines.length}, column ${lines[lines.length - 1]!.length + 1}`, reason };
  }

  #reason(sign: string | undefined): string {
    if (sign === undefined) return 'The text ends before it is complete';
    const isText = ['value', 'valueOrEnd', 'key', 'keyOrEnd'].includes(this.#expected) && sign === '"';
    return isText ? 'A text in quotes has no end, or holds what it may not hold' : SENTENCES[this.#expected];
  }

  #skip(token: RegExp): boolean {
    token.lastIndex = this.#at;
    const found = token.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found !== null;
  }

  /** Goes past one token; `false`: it is not one that may stand here. */
  #step(): boolean {
    const sign = this.#text[this.#at];
    switch (this.#expected) {
      case 'value':
      case 'valueOrEnd':
        return this.#value(sign);
      case 'key':
      case 'keyOrEnd':
        if (sign === '}' && this.#expected === 'keyOrEnd') return this.#close();
        return this.#goOn(this.#skip(STRING), 'colon');
      case 'colon':
        return this.#sign(sign === ':', 'value');
      case 'commaOrEnd': {
        const isList = this.#open[this.#open.length - 1] === '[';
        if (sign === (isList ? ']' : '}')) return this.#close();
        return this.#sign(sign === ',', isList ? 'value' : 'key');
      }
      case 'nothing':
        return false;
    }
  }

  #value(sign: string | undefined): boolean {
    if (sign === ']' && this.#expected === 'valueOrEnd') return this.#close();
    if (sign === '[' || sign === '{') {
      this.#open.push(sign);
      return this.#sign(true, sign === '[' ? 'valueOrEnd' : 'keyOrEnd');
    }
    return this.#goOn(this.#skip(sign === '"' ? STRING : PLAIN), this.#afterValue());
  }

  #close(): boolean {
    this.#open.pop();
    return this.#sign(true, this.#afterValue());
  }

  #afterValue(): Expected {
    return this.#open.length === 0 ? 'nothing' : 'commaOrEnd';
  }

  #sign(isThere: boolean, expected: Expected): boolean {
    if (isThere) this.#at += 1;
    return this.#goOn(isThere, expected);
  }

  #goOn(isThere: boolean, expected: Expected): boolean {
    if (isThere) this.#expected = expected;
    return isThere;
  }
}
