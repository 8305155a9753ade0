/** The engine alone, where it runs in the product: in a dedicated worker. Asked for one run, it answers with one. */
import { measureBlockWrites } from './block-writes';

onmessage = ({ data }: MessageEvent<number>) => {
  postMessage(measureBlockWrites(data));
};
