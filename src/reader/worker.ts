import { FileDesk } from './file-desk';

/** Reads one file for the page, so that the page stays free. Whoever wants it to stop ends it. */
const desk = new FileDesk((reply, transfer) => self.postMessage(reply, { transfer: [...transfer] }));

self.onmessage = (event: MessageEvent<unknown>) => void desk.receive(event.data);
