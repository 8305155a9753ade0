import { DESCRIPTOR_FLAGS, type Descriptor } from './block-list';

/** What a store has of one block: a copy or a forwarder, an overlay of sectors over it or over nothing, or both. */
interface Found {
  /** `null`: only an overlay. */
  readonly base: Descriptor | null;
  readonly overlay: Descriptor | null;
}

/**
 * The block list of a store as libvshadow makes a lookup of it, by the order in which descriptors were appended. Offsets
 * are bytes from the start of the volume, aligned to blocks.
 */
export class Lookup {
  readonly #found = new Map<number, Found>();
  /** Forwarders by where they lead. */
  readonly #forwarders = new Map<number, Descriptor>();

  /** @param descriptors in the order of the list; none is both forwarder and overlay */
  constructor(descriptors: Iterable<Descriptor>) {
    for (const descriptor of descriptors) this.#add(descriptor);
  }

  at(original: number): Found | undefined {
    return this.#found.get(original);
  }

  /** Whether a forwarder leads to this place. */
  isTarget(offset: number): boolean {
    return this.#forwarders.has(offset);
  }

  #add(listed: Descriptor): void {
    if ((listed.flags & DESCRIPTOR_FLAGS.unused) !== 0) return;
    const isOverlay = (listed.flags & DESCRIPTOR_FLAGS.overlay) !== 0;
    const descriptor = isOverlay ? listed : this.#movedBack(listed);
    const isForwarder = (descriptor.flags & DESCRIPTOR_FLAGS.forwarder) !== 0;
    const { original, relative } = descriptor;
    if (isForwarder && original === relative) return;
    const known = this.#found.get(original);
    const overlay = known?.overlay ?? null;
    if (isOverlay) {
      this.#found.set(original, { base: known?.base ?? null, overlay: merged(overlay, descriptor) });
    } else {
      this.#found.set(original, { base: descriptor, overlay });
    }
    if (isForwarder) this.#forwarders.set(relative, descriptor);
  }

  /** What was copied from a place to which a block had been moved belongs to the place that it was moved from. */
  #movedBack(descriptor: Descriptor): Descriptor {
    const forwarder = this.#forwarders.get(descriptor.original);
    if (forwarder === undefined) return descriptor;
    this.#forwarders.delete(descriptor.original);
    return { ...descriptor, original: forwarder.original };
  }
}

/** The sectors of both, at the place of the first. */
function merged(first: Descriptor | null, second: Descriptor): Descriptor {
  return first === null ? second : { ...first, sectors: (first.sectors | second.sectors) >>> 0 };
}
