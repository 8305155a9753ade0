/** One run of one peer, in a dedicated worker, where the engine of the product lives as well. */
import { measureRival, type PersistedRun, type PersistedWork } from './measure-peer';
import type { PeerName } from './open-peer';

/** What starts a run. absurd-sql hears messages of its own. */
export interface PeerOrder {
  readonly peer: PeerName;
  readonly work: PersistedWork;
}

export type PeerReport = { readonly run: PersistedRun } | { readonly problem: string };

addEventListener('message', ({ data }: MessageEvent<Partial<PeerOrder>>) => {
  if (data.peer === undefined || data.work === undefined) return;
  const report = (answer: PeerReport): void => postMessage(answer);
  run(data.peer, data.work).then(
    (done) => report({ run: done }),
    (error: unknown) => report({ problem: error instanceof Error ? error.message : String(error) }),
  );
});

async function run(peer: PeerName, work: PersistedWork): Promise<PersistedRun> {
  if (peer !== 'ours' && peer !== 'oursInBursts') return measureRival(peer, work);
  const { persistOurs, persistBurst } = await import('../persisted');
  const { blocks, ms } = await (peer === 'ours' ? persistOurs : persistBurst)(work.blocks);
  return { blocks, writtenMs: ms };
}
