import type { PersistedRun, PersistedWork } from './measure-peer';
import type { PeerName } from './open-peer';
import type { PeerOrder, PeerReport } from './peer.worker';

/** What absurd-sql asks of the page: the thread in which it uses IndexedDB. */
interface AbsurdSqlOrder {
  readonly type: '__absurd:spawn-idb-worker';
  readonly argBuffer: SharedArrayBuffer;
  readonly resultBuffer: SharedArrayBuffer;
}

/** Lets a peer do its work once, in workers of its own. */
export async function runPeer(peer: PeerName, work: PersistedWork): Promise<PersistedRun> {
  const worker = new Worker(new URL('./peer.worker.ts', import.meta.url), { type: 'module' });
  const workers = [worker];
  try {
    return await new Promise<PersistedRun>((resolve, reject) => {
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }: MessageEvent<PeerReport | AbsurdSqlOrder>) => {
        if ('run' in data) resolve(data.run);
        else if ('problem' in data) reject(new Error(data.problem));
        else if (data.type === '__absurd:spawn-idb-worker') workers.push(absurdSqlWorker(data));
      };
      worker.postMessage({ peer, work } satisfies PeerOrder);
    });
  } finally {
    for (const each of workers) each.terminate();
  }
}

function absurdSqlWorker({ argBuffer, resultBuffer }: AbsurdSqlOrder): Worker {
  const worker = new Worker(new URL('./absurd-sql.worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage({ type: 'init', buffers: [argBuffer, resultBuffer] });
  return worker;
}
