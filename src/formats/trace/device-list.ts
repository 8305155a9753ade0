import { MAXIMUM_TRACE_DEVICES, OTHER, READ, WRITE, type TraceDevice } from '../../core/replay/trace';
import { binaryText, decodeText, type Span } from './bytes';

/** All names together, so that a hostile trace cannot fill the memory with them. */
const NAMES_LIMIT_CHARACTERS = 16_777_216;

type Counted = { -readonly [Key in keyof TraceDevice]: TraceDevice[Key] };

/** The volumes, disks or files that a trace names, in the order in which they appear. */
export class DeviceList {
  readonly #nameOf: (text: string) => string;
  readonly #places = new Map<string, number>();
  readonly #devices: Counted[] = [];
  #characters = 0;
  /** Most records are of the same device as the one before. */
  #lastKey = '';
  #lastPlace = -1;

  constructor(nameOf: (text: string) => string) {
    this.#nameOf = nameOf;
  }

  /** The place of the device of this name; -1 when there are too many to keep apart. */
  placeOf(bytes: Uint8Array, name: Span): number {
    if (this.#lastPlace >= 0 && this.#isLast(bytes, name)) return this.#lastPlace;
    const key = binaryText(bytes, name);
    const known = this.#places.get(key);
    const place = known ?? this.#add(key, bytes, name);
    if (place < 0) return place;
    this.#lastKey = key;
    this.#lastPlace = place;
    return place;
  }

  #isLast(bytes: Uint8Array, { start, end }: Span): boolean {
    const key = this.#lastKey;
    if (key.length !== end - start) return false;
    for (let index = 0; index < key.length; index += 1) {
      if (bytes[start + index] !== key.charCodeAt(index)) return false;
    }
    return true;
  }

  #add(key: string, bytes: Uint8Array, span: Span): number {
    const place = this.#devices.length;
    this.#characters += key.length;
    if (place === MAXIMUM_TRACE_DEVICES || this.#characters > NAMES_LIMIT_CHARACTERS) return -1;
    this.#places.set(key, place);
    this.#devices.push({
      name: this.#nameOf(decodeText(bytes, span)),
      records: 0,
      reads: 0,
      writes: 0,
      range: null,
    });
    return place;
  }

  count(place: number, operation: number, offset: number, length: number): void {
    const device = this.#devices[place]!;
    device.records += 1;
    if (operation === READ) device.reads += 1;
    if (operation === WRITE) device.writes += 1;
    if (operation === OTHER) return;
    const end = offset + length;
    const { from, to } = device.range ?? { from: offset, to: end };
    if (device.range === null || offset < from || end > to) {
      device.range = { from: Math.min(from, offset), to: Math.max(to, end) };
    }
  }

  finish(): readonly TraceDevice[] {
    return this.#devices.map((device) => ({ ...device }));
  }
}
