import type { EngineMessage } from '../protocol/notice';
import { LaboratoryEngine } from './laboratory-engine';
import { openStore } from './open-store';

/** The name that the worker was given, so that tests can have laboratories of their own. */
const databaseName = self.name === '' ? 'shadow-copy-lab' : self.name;

const engine = new LaboratoryEngine({
  openStore: () => openStore(databaseName),
  post: (message) => self.postMessage(message, { transfer: transferOf(message) }),
});

self.onmessage = (event: MessageEvent<unknown>) => engine.receive(event.data);

/** The bytes of a block are handed over, not copied. */
function transferOf(message: EngineMessage): Transferable[] {
  if (message.kind !== 'answer' || !message.result.ok) return [];
  const { value } = message.result;
  return 'bytes' in value && value.bytes !== null ? [value.bytes.buffer] : [];
}
