/** The counting replay where it runs in the product: in a dedicated worker. Asked for one run, it answers with one. */
import { measureReplay } from './replaying';

onmessage = ({ data }: MessageEvent<number>) => {
  postMessage(measureReplay(data));
};
