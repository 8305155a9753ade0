/** `npm run test:soak`: the properties of the engine over two hundred times as many command sequences. */
import { installPackages } from './install.js';
import { runTool } from './process.js';

const SEQUENCES = '200000';

await installPackages();
const { ok } = await runTool(
  'vitest/vitest.mjs',
  ['run', '--project', 'unit', '--testTimeout', '0', 'tests/core/properties.test.ts'],
  { show: true, env: { SHADOW_LAB_SEQUENCES: process.env['SHADOW_LAB_SEQUENCES'] ?? SEQUENCES } },
);
process.exitCode = ok ? 0 : 1;
