import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import { MemoryStore, type MemoryDisk } from '../../src/storage/memory-store';
import type { Disk } from './contract';

export function createMemoryDisk(): Disk {
  const disk: MemoryDisk = new Map();
  return {
    open: () => Promise.resolve(new MemoryStore({ schemas: DOMAIN_SCHEMAS, disk })),
    put: (key, value) => Promise.resolve(void disk.set(JSON.stringify(key), value)),
    get: (key) => Promise.resolve(disk.get(JSON.stringify(key))),
    keys: () => Promise.resolve([...disk.keys()].map((key) => JSON.parse(key) as unknown)),
    dispose: () => Promise.resolve(),
  };
}
