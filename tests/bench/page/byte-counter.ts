/**
 * Put before the worker's own script: counts the bytes that come out of IndexedDB, and says how many when it is asked.
 * Only bytes count, not the log nor the keys.
 */
function countReadBytes(prototype: IDBObjectStore): void {
  let count = 0;
  const add = ({ target }: Event): void => {
    if (target instanceof IDBRequest) count += bytesWithin(target.result);
  };
  const get = Reflect.get<IDBObjectStore, 'get'>(prototype, 'get');
  const getAll = Reflect.get<IDBObjectStore, 'getAll'>(prototype, 'getAll');
  prototype.get = function (...args) {
    const request = get.apply(this, args);
    request.addEventListener('success', add);
    return request;
  };
  prototype.getAll = function (...args: Parameters<IDBObjectStore['getAll']>) {
    const request = getAll.apply(this, args);
    request.addEventListener('success', add);
    return request;
  };
  const channel = new BroadcastChannel('bench: bytes read');
  channel.onmessage = () => channel.postMessage(count);
}

function bytesWithin(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Array.isArray(value) ? value.reduce<number>((sum, each) => sum + bytesWithin(each), 0) : 0;
}

countReadBytes(IDBObjectStore.prototype);
