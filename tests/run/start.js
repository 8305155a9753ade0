/** `npm start`: installs what is missing, builds, and serves the built site on this machine. Only Node's own modules. */
import path from 'node:path';
import { installPackages } from './install.js';
import { ROOT, runTool } from './process.js';
import { isCode, serve } from './serve.js';

const DEFAULT_PORT = 4173;

try {
  const port = portFromEnvironment();
  await assertFree(port);
  await installPackages();
  await build();
  const site = await serve({ root: path.join(ROOT, 'dist'), port });
  console.log(`Shadow Copy Lab is at ${site.address} (Ctrl+C stops it)`);
} catch (error) {
  console.error(isCode(error, 'EADDRINUSE') ? portIsBusy() : error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @throws {Error} when `PORT` is no port */
function portFromEnvironment() {
  const text = process.env['PORT'];
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`PORT is "${text}", and must be a number from 0 to 65535.`);
}

function portIsBusy() {
  const port = portFromEnvironment();
  return `Port ${port} is in use: stop the other program, or choose another port, as in "PORT=${port + 1} npm start".`;
}

/**
 * Tells about a busy port before a minute of installing and building, not after.
 * @param {number} port
 */
async function assertFree(port) {
  const probe = await serve({ root: ROOT, port });
  await probe.close();
}

async function build() {
  console.log('Building ...');
  const { ok, output } = await runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn']);
  if (!ok) throw new Error(`The site could not be built.\n${output}`);
}
