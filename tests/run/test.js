/**
 * `npm test`: every check there is, each with a line of its own. All run, whatever fails; what a failed one printed
 * follows its line. The last line counts: a check is one, and every test of a Vitest project is one.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { installImageReader, installPackages, makeSureOfBrowser } from './install.js';
import { run, runTool } from './process.js';

/**
 * @typedef {object} Verdict
 * @property {number} passed
 * @property {number} failed
 * @property {string} output shown when something failed
 *
 * @typedef {object} Check
 * @property {string} name
 * @property {() => Promise<Verdict>} judge
 */

/** Ends what hangs, and nothing that is slow: the longest check takes a quarter of it on two processors. */
const LIMIT_MS = 12 * 60_000;

const PLAIN_OUTPUT = { NO_COLOR: '1', FORCE_COLOR: undefined };
const TOOL_OPTIONS = { limitMs: LIMIT_MS, env: PLAIN_OUTPUT };
const COMPILE_FOLDERS = fileURLToPath(new URL('compile-folders.js', import.meta.url));

const BUILD = tool('build', 'vite/bin/vite.js', ['build', '--logLevel', 'warn']);

/** The longest first: what is short fills the gaps that they leave. */
const STATIC_CHECKS = [
  tool('lint', 'eslint/bin/eslint.js', ['-c', 'tests/config/eslint.config.js', '--max-warnings', '0', '.']),
  tool('types and components', 'svelte-check/bin/svelte-check', [
    ...['--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ]),
  { name: 'types by folder', judge: () => ended(run(process.execPath, [COMPILE_FOLDERS], TOOL_OPTIONS)) },
  tool('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  tool('dead code', 'knip/bin/knip.js', ['--config', 'tests/config/knip.json', '--no-progress']),
];

/** @type {Check} */
const UNVISITED = {
  name: 'journeys',
  judge: () => Promise.resolve({ passed: 0, failed: 1, output: 'Not run: there is no built site to visit.' }),
};

process.exitCode = await main();

/** @returns {Promise<0 | 1>} the exit code */
async function main() {
  try {
    await installPackages();
    const browser = await makeSureOfBrowser();
    await installImageReader();
    console.log(`Browser: ${browser.executablePath}\n`);
    const verdicts = await judgeEverything(browser.executablePath);
    return conclude(sum(verdicts, 'passed'), sum(verdicts, 'failed'));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return conclude(0, 1);
  }
}

/**
 * The build comes first, since the journeys visit what it made. After it no check needs another: they share the machine
 * two at a time.
 * @param {string} browserPath
 */
async function judgeEverything(browserPath) {
  const build = await judge(BUILD);
  const waiting = [
    ...STATIC_CHECKS,
    project('unit', browserPath),
    build.failed === 0 ? project('journeys', browserPath) : UNVISITED,
    project('browser', browserPath),
  ];
  const verdicts = [build];
  const lane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      verdicts.push(await judge(check));
    }
  };
  await Promise.all([lane(), lane()]);
  return verdicts;
}

/**
 * Judges, and prints the line.
 * @param {Check} check
 */
async function judge(check) {
  const startedAt = performance.now();
  const verdict = await check.judge();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const counts =
    verdict.passed + verdict.failed > 1 ? `, ${verdict.passed} of ${verdict.passed + verdict.failed}` : '';
  console.log(`${verdict.failed === 0 ? 'ok    ' : 'FAILED'} ${check.name}${counts} (${seconds} s)`);
  if (verdict.failed > 0) console.log(`${indented(verdict.output)}\n`);
  return verdict;
}

/** @param {string} output */
function indented(output) {
  return stripVTControlCharacters(output).trim().replace(/^/gm, '    ');
}

/**
 * A check that is one run of one tool.
 * @param {string} name
 * @param {string} file
 * @param {readonly string[]} args
 * @returns {Check}
 */
function tool(name, file, args) {
  return {
    name,
    judge: () => ended(runTool(file, args, TOOL_OPTIONS)),
  };
}

/**
 * @param {Promise<import('./process.js').Outcome>} running
 * @returns {Promise<Verdict>}
 */
async function ended(running) {
  const { ok, output } = await running;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output };
}

/**
 * @param {string} name
 * @param {string} browserPath
 * @returns {Check}
 */
function project(name, browserPath) {
  return { name, judge: () => runVitestProject(name, browserPath) };
}

/**
 * @param {string} name
 * @param {string} browserPath
 * @returns {Promise<Verdict>}
 */
async function runVitestProject(name, browserPath) {
  const folder = mkdtempSync(path.join(tmpdir(), 'shadow-copy-lab-'));
  const report = path.join(folder, 'report.json');
  try {
    const { ok, output } = await runTool(
      'vitest/vitest.mjs',
      [
        'run',
        '--project',
        name,
        '--reporter',
        'default',
        '--reporter',
        'json',
        `--outputFile.json=${report}`,
      ],
      { limitMs: LIMIT_MS, env: { ...PLAIN_OUTPUT, CHROME_PATH: browserPath } },
    );
    return { ...countTests(report, ok), output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A file that could not be loaded has no failed test, and a run may fail beside its tests: both count as a failure,
 * and so does a run that tested nothing.
 * @param {string} report
 * @param {boolean} ok
 * @returns {{ passed: number, failed: number }}
 */
function countTests(report, ok) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failed = numFailedTests + brokenFiles;
  const silentFailure = failed === 0 && (!ok || numPassedTests === 0);
  return { passed: numPassedTests, failed: silentFailure ? 1 : failed };
}

/**
 * @param {readonly Verdict[]} verdicts
 * @param {'passed' | 'failed'} key
 */
function sum(verdicts, key) {
  return verdicts.reduce((total, verdict) => total + verdict[key], 0);
}

/**
 * @param {number} passed
 * @param {number} failed
 * @returns {0 | 1}
 */
function conclude(passed, failed) {
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
