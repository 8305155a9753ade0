/**
 * `npm test`: every check there is, each with a line of its own. All run, whatever fails; what a failed one printed
 * follows its line. The last line counts: a check is one, and every test of a Vitest project is one.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { installImageReader, installPackages, makeSureOfBrowser } from './install.js';
import { ROOT, runTool } from './process.js';

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

const MINUTE_MS = 60_000;

/** In the order in which they run. The limits end a run that hangs while the whole stays below ten minutes. */
const VITEST_PROJECTS = [
  { project: 'unit', limitMs: 5 * MINUTE_MS, needsBuild: false },
  { project: 'browser', limitMs: 5 * MINUTE_MS, needsBuild: false },
  { project: 'journeys', limitMs: 5 * MINUTE_MS, needsBuild: true },
];

const PLAIN_OUTPUT = { NO_COLOR: '1', FORCE_COLOR: undefined };

/** None of these needs another, nor the built site: they share the machine two at a time. */
const STATIC_CHECKS = [
  tool('format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  tool('lint', 'eslint/bin/eslint.js', ['-c', 'tests/config/eslint.config.js', '--max-warnings', '0', '.']),
  { name: 'types by folder', judge: compileFolders },
  tool('types and components', 'svelte-check/bin/svelte-check', [
    ...['--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ]),
  tool('dead code', 'knip/bin/knip.js', ['--config', 'tests/config/knip.json', '--no-progress']),
];

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

/** @param {string} browserPath */
async function judgeEverything(browserPath) {
  const waiting = [...STATIC_CHECKS];
  /** @type {Verdict[]} */
  const verdicts = [];
  const lane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      verdicts.push(await judge(check));
    }
  };
  await Promise.all([lane(), lane()]);

  const build = await judge(tool('build', 'vite/bin/vite.js', ['build', '--logLevel', 'warn']));
  verdicts.push(build);
  for (const { project, limitMs, needsBuild } of VITEST_PROJECTS) {
    verdicts.push(
      await judge({
        name: project,
        judge: async () =>
          needsBuild && build.failed > 0
            ? { passed: 0, failed: 1, output: 'Not run: there is no built site to visit.' }
            : await runVitestProject(project, limitMs, browserPath),
      }),
    );
  }
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
    judge: async () => {
      const { ok, output } = await runTool(file, args, { limitMs: 3 * MINUTE_MS, env: PLAIN_OUTPUT });
      return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output };
    },
  };
}

/**
 * Compiles each folder under src/ by its own settings, which know only what belongs there.
 * @returns {Promise<Verdict>}
 */
async function compileFolders() {
  const outputs = [];
  for (const folder of foldersWithSource()) {
    const args = ['--project', path.join('src', folder), '--pretty', 'false'];
    const { ok, output } = await runTool('typescript/bin/tsc', args, {
      limitMs: 3 * MINUTE_MS,
      env: PLAIN_OUTPUT,
    });
    if (!ok) outputs.push(`src/${folder}:\n${output}`);
  }
  return {
    passed: outputs.length === 0 ? 1 : 0,
    failed: outputs.length === 0 ? 0 : 1,
    output: outputs.join(''),
  };
}

function foldersWithSource() {
  return readdirSync(path.join(ROOT, 'src'), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && filesBelow(`src/${entry.name}`).some((file) => file.endsWith('.ts')),
    )
    .map((entry) => entry.name);
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
}

/**
 * @param {string} project
 * @param {number} limitMs
 * @param {string} browserPath
 * @returns {Promise<Verdict>}
 */
async function runVitestProject(project, limitMs, browserPath) {
  const folder = mkdtempSync(path.join(tmpdir(), 'shadow-copy-lab-'));
  const report = path.join(folder, 'report.json');
  try {
    const { ok, output } = await runTool(
      'vitest/vitest.mjs',
      [
        'run',
        '--project',
        project,
        '--reporter',
        'default',
        '--reporter',
        'json',
        `--outputFile.json=${report}`,
      ],
      { limitMs, env: { ...PLAIN_OUTPUT, CHROME_PATH: browserPath } },
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
