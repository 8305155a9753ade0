import { LONGEST_LINE_BYTES, type UnparsedReason } from '../../core/replay/trace';
import type { Span } from './bytes';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** Takes whole lines, or records of a fixed size. The bytes are only lent. */
export interface LineReceiver {
  /** @param lines how many lines of the file this one takes up: more than one when quoted fields hold line ends */
  line(bytes: Uint8Array, line: Span, lines: number): void;
  refuse(bytes: Uint8Array, line: Span, lines: number, reason: UnparsedReason): void;
}

/** Cuts a stream of bytes where its parts end, however the stream itself is cut. */
export interface Splitter {
  push(chunk: Uint8Array): void;
  end(): void;
}

/** Lines that end with LF or CR LF; the last one may end with the file. Holds at most one line in memory. */
export class LineSplitter implements Splitter {
  readonly #receiver: LineReceiver;
  /** A line end between quotation marks belongs to its field. */
  readonly #isQuoted: boolean;
  /** What has come of a line that is not complete. */
  readonly #held = new Uint8Array(LONGEST_LINE_BYTES);
  #heldLength = 0;
  #isTooLong = false;
  /** Complete lines in what is held, because a quotation is open, and where the one after them begins. */
  #heldLines = 0;
  #lineStart = 0;
  #isOpen = false;
  #isAtStart = true;
  /** The one that is given out: there are many millions of them. */
  readonly #line: Span = { start: 0, end: 0 };

  constructor(receiver: LineReceiver, isQuoted: boolean) {
    this.#receiver = receiver;
    this.#isQuoted = isQuoted;
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, from);
      if (end < 0) break;
      this.#endLine(chunk, from, end);
      from = end + 1;
    }
    if (from < chunk.length) this.#hold(chunk, from, chunk.length);
  }

  end(): void {
    if (this.#heldLength > this.#lineStart || this.#isTooLong) this.#endHeldLine();
    if (this.#heldLines > 0) this.#refuseHeld(this.#heldLines, 'quotation');
  }

  #endLine(chunk: Uint8Array, start: number, end: number): void {
    const isWhole = this.#heldLength === 0 && !this.#isTooLong;
    if (isWhole && end - start <= LONGEST_LINE_BYTES && !this.#leavesOpen(chunk, start, end)) {
      this.#deliver(chunk, start, end, 1);
      return;
    }
    this.#hold(chunk, start, end);
    this.#endHeldLine();
  }

  #hold(chunk: Uint8Array, start: number, end: number): void {
    const room = LONGEST_LINE_BYTES - this.#heldLength;
    const taken = Math.min(room, end - start);
    this.#held.set(chunk.subarray(start, start + taken), this.#heldLength);
    this.#heldLength += taken;
    if (taken < end - start) this.#isTooLong = true;
  }

  #endHeldLine(): void {
    const lines = this.#heldLines + 1;
    if (this.#isTooLong) {
      this.#refuseHeld(lines, this.#heldLines > 0 ? 'quotation' : 'lineTooLong');
      return;
    }
    this.#isOpen = this.#leavesOpen(this.#held, this.#lineStart, this.#heldLength);
    if (!this.#isOpen) {
      this.#deliver(this.#held, 0, this.#heldLength, lines);
      this.#clear();
    } else if (this.#heldLength === LONGEST_LINE_BYTES) {
      this.#refuseHeld(lines, 'quotation');
    } else {
      this.#held[this.#heldLength] = LINE_FEED;
      this.#heldLength += 1;
      this.#heldLines = lines;
      this.#lineStart = this.#heldLength;
    }
  }

  /** Whether a quotation is open behind this line. */
  #leavesOpen(bytes: Uint8Array, start: number, end: number): boolean {
    if (!this.#isQuoted) return false;
    let isOpen = this.#isOpen;
    for (let at = start; at < end; at += 1) if (bytes[at] === QUOTE) isOpen = !isOpen;
    return isOpen;
  }

  #deliver(bytes: Uint8Array, start: number, end: number, lines: number): void {
    const line = this.#line;
    line.start = start;
    line.end = end;
    this.#skipByteOrderMark(bytes, line);
    if (line.end > line.start && bytes[line.end - 1] === CARRIAGE_RETURN) line.end -= 1;
    this.#receiver.line(bytes, line, lines);
  }

  #refuseHeld(lines: number, reason: UnparsedReason): void {
    const line = { start: 0, end: this.#heldLength };
    this.#skipByteOrderMark(this.#held, line);
    this.#receiver.refuse(this.#held, line, lines, reason);
    this.#clear();
  }

  #clear(): void {
    this.#heldLength = 0;
    this.#heldLines = 0;
    this.#lineStart = 0;
    this.#isTooLong = false;
    this.#isOpen = false;
  }

  #skipByteOrderMark(bytes: Uint8Array, line: Span): void {
    const isMarked = BYTE_ORDER_MARK.every((byte, index) => bytes[line.start + index] === byte);
    if (this.#isAtStart && isMarked && line.end - line.start >= 3) line.start += 3;
    this.#isAtStart = false;
  }
}

/** Records of the same size, one behind the other. */
export class RecordSplitter implements Splitter {
  readonly #receiver: LineReceiver;
  readonly #sizeBytes: number;
  readonly #held: Uint8Array;
  #heldLength = 0;

  constructor(receiver: LineReceiver, sizeBytes: number) {
    this.#receiver = receiver;
    this.#sizeBytes = sizeBytes;
    this.#held = new Uint8Array(sizeBytes);
  }

  push(chunk: Uint8Array): void {
    let from = 0;
    if (this.#heldLength > 0) {
      from = this.#hold(chunk, 0);
      if (this.#heldLength < this.#sizeBytes) return;
      this.#receiver.line(this.#held, { start: 0, end: this.#sizeBytes }, 1);
      this.#heldLength = 0;
    }
    for (; from + this.#sizeBytes <= chunk.length; from += this.#sizeBytes) {
      this.#receiver.line(chunk, { start: from, end: from + this.#sizeBytes }, 1);
    }
    this.#hold(chunk, from);
  }

  /** @returns how far the chunk was taken */
  #hold(chunk: Uint8Array, from: number): number {
    const to = Math.min(chunk.length, from + this.#sizeBytes - this.#heldLength);
    this.#held.set(chunk.subarray(from, to), this.#heldLength);
    this.#heldLength += to - from;
    return to;
  }

  end(): void {
    if (this.#heldLength === 0) return;
    this.#receiver.refuse(this.#held, { start: 0, end: this.#heldLength }, 1, 'cutOff');
  }
}
