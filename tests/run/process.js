/** Starting other programs: the one place that knows about process groups, npm and Windows. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout: every program is started here. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

// Ending this way, and not by the signal itself, runs the listeners that end what was started here.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/**
 * @typedef {object} Outcome
 * @property {boolean} ok it ended by itself, with exit code 0
 * @property {string} output what it printed on both streams, in order; empty when it was shown as it came
 * @property {number} durationMs
 */

/**
 * Runs a program to its end. It gets no standard input, and dies with its children when it takes too long.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {number} [options.limitMs]
 * @param {boolean} [options.show] print what it prints as it comes, instead of keeping it
 * @param {Readonly<Record<string, string | undefined>>} [options.env] changes to this process's own
 * @returns {Promise<Outcome>}
 */
export function run(program, args, { limitMs, show = false, env = {} } = {}) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      detached: process.platform !== 'win32' && !show,
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));

    const stop = () => killGroup(child);
    process.once('exit', stop);
    const timer = limitMs === undefined ? undefined : setTimeout(giveUp, limitMs);
    function giveUp() {
      chunks.push(Buffer.from(`\nStopped: not finished after ${Math.round((limitMs ?? 0) / 1000)} s.\n`));
      stop();
    }

    /** @param {boolean} ok */
    const finish = (ok) => {
      clearTimeout(timer);
      process.removeListener('exit', stop);
      resolve({ ok, output: Buffer.concat(chunks).toString(), durationMs: performance.now() - startedAt });
    };
    child.once('error', (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      finish(false);
    });
    child.once('close', (code) => finish(code === 0));
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function killGroup(child) {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/**
 * Runs a tool from node_modules with this Node, without a shell or npx in between.
 * @param {string} tool its file, relative to node_modules
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(tool, args, options) {
  return run(process.execPath, [path.join(ROOT, 'node_modules', tool), ...args], options);
}

/**
 * Runs npm: the one that started us when there is one, else the one beside this Node.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNpm(args, options) {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('npm-cli.js')) return run(process.execPath, [cli, ...args], options);
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/c', 'npm', ...args], options);
  return run('npm', args, options);
}
