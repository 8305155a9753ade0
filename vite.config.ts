import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { configDefaults, defineConfig } from 'vitest/config';
import { findBrowser } from './tests/run/browser.js';

/** Scripts, styles and the worker come from the site itself; nothing is fetched from elsewhere, nothing is inline. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * d3-interpolate comes as one file whose calls at the top are not marked as pure, so that using one of its functions
 * brings in all of them, and d3-color with its 148 names.
 */
function pureInterpolators(): Plugin {
  return {
    name: 'pure-interpolators',
    apply: 'build',
    transform: {
      filter: { id: /node_modules\/d3-interpolate\// },
      handler: (code) => ({
        code: code.replace(/^(var \w+ = |export default )(?=\(function|\w+\()/gm, '$1/* @__PURE__ */ '),
        map: null,
      }),
    },
  };
}

/**
 * A worker as a part of the same build as the page: what both need is one file, fetched and compiled once. By itself Vite
 * builds each worker apart, with a copy of everything.
 */
function workersShareChunks(): Plugin {
  return {
    name: 'workers-share-chunks',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { code: 'new Worker(' },
      handler(code, id) {
        return code.replace(WORKER_ADDRESS, (_, file: string) => {
          const reference = this.emitFile({ type: 'chunk', id: path.resolve(path.dirname(id), file) });
          return `import.meta.ROLLUP_FILE_URL_${reference}`;
        });
      },
    },
  };
}

/** What Vite wraps around `import()` tells a failure to `window`, which no worker has: it would hide what failed. */
function preloadErrorsEverywhere(): Plugin {
  return {
    name: 'preload-errors-everywhere',
    apply: 'build',
    transform: {
      filter: { id: /vite[\\/]preload-helper/ },
      handler: (code) => ({
        code: code.replace('window.dispatchEvent', 'globalThis.dispatchEvent'),
        map: null,
      }),
    },
  };
}

/** A worker has no document that could preload anything. */
function preloadedOnPages(_: string, dependencies: string[], { hostId }: { hostId: string }): string[] {
  return /(^|\/)worker-/.test(hostId) ? [] : dependencies;
}

const WORKER_ADDRESS = /new URL\('(\.[^']+\/worker\.ts)', import\.meta\.url\)/g;

/** Only the built page carries the policy: the development server injects inline scripts of its own. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** The parts of the core that the first screen needs: not the lessons, the catalogue of the reference, nor the causes. */
const MACHINE =
  /src[\\/]core[\\/](?!lesson|replay|(start|new-machine|at-once)\.|describe[\\/](why|difference|fault|forecast|failed|log|repair|room|protection)|catalogue[\\/](hotfix|reference|api-call|protection|way-out|fault-statement|rule|source))/;

const BROWSER_TESTS = 'tests/**/*.browser.test.ts';
const JOURNEYS = 'tests/journeys/**/*.test.ts';

// A build needs no browser, so that a wrong CHROME_PATH spoils only the tests.
const browser = process.env['VITEST'] === undefined ? undefined : findBrowser();

export default defineConfig({
  base: './',
  plugins: [
    svelte({
      configFile: false,
      dynamicCompileOptions: ({ filename }) => (filename.includes('node_modules') ? {} : { runes: true }),
    }),
    contentSecurityPolicy(),
    pureInterpolators(),
    workersShareChunks(),
    preloadErrorsEverywhere(),
  ],
  build: {
    target: ['chrome120', 'edge120', 'firefox128', 'safari17.4'],
    modulePreload: { polyfill: false, resolveDependencies: preloadedOnPages },
    rolldownOptions: {
      // d3-transition extends selections when it is loaded. Nothing here selects, and with it comes half of d3.
      treeshake: { moduleSideEffects: [{ test: /[\\/]d3-transition[\\/]/, sideEffects: false }] },
      // Every page needs the machine. In one file it is smaller than in twenty, each compressed by itself.
      output: { codeSplitting: { groups: [{ name: 'machine', test: MACHINE }] } },
    },
  },
  worker: { format: 'es' },
  test: {
    // What is waited for comes late on a slow machine that does something else besides.
    expect: { requireAssertions: true, poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, BROWSER_TESTS, JOURNEYS],
          testTimeout: 120_000,
          // Vitest would leave one of two processors idle.
          maxWorkers: 2,
          // Loading the modules anew takes longer than most files: one that mocks a module resets them before and after.
          isolate: false,
        },
      },
      {
        extends: true,
        plugins: [svelteTesting({ resolveBrowser: false })],
        // Named ahead, or Vite finds them in mid-test, optimises them and reloads the page under the test.
        optimizeDeps: {
          include: [
            'd3',
            'fflate',
            '@noble/hashes/sha2.js',
            'idb-keyval',
            'valibot',
            'svelte',
            'svelte/internal/disclose-version',
            'svelte/internal/client',
            'svelte/reactivity',
            'svelte/attachments',
            '@testing-library/svelte',
            '@testing-library/user-event',
            'axe-core',
          ],
        },
        test: {
          name: 'browser',
          sequence: { groupOrder: 1 },
          include: [BROWSER_TESTS],
          testTimeout: 60_000,
          maxWorkers: 2,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: browser ?? {} }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          environment: 'node',
          sequence: { groupOrder: 2 },
          include: [JOURNEYS],
          globalSetup: ['tests/journeys/site.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A visitor waits for pictures half of the time.
          maxWorkers: 3,
          // The journeys of one worker share its browser.
          isolate: false,
        },
      },
    ],
  },
});
