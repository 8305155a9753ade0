/** The product's worker, as it is. */
import './dynamic-import';
import '../../src/engine/worker';
