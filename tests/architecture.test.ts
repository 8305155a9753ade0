import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LAYERS, violationsIn, type Tree } from './architecture/layers';
import { compileIn } from './architecture/surroundings';
import { ROOT } from './run/process.js';

const FOLDERS = Object.keys(LAYERS).filter((layer) => !layer.includes('.'));

test('the source keeps the import rules', () => {
  const tree = readTree(path.join(ROOT, 'src'));

  expect(tree.size).toBeGreaterThan(0);
  expect(violationsIn(tree)).toEqual([]);
});

test('every folder of the source has compiler settings of its own', () => {
  const folders = readdirSync(path.join(ROOT, 'src'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );

  expect(folders.map(({ name }) => name).sort()).toEqual([...FOLDERS].sort());
  for (const folder of FOLDERS) {
    expect(existsSync(path.join(ROOT, 'src', folder, 'tsconfig.json')), folder).toBe(true);
  }
});

test('unit tests, which share their modules, mock none for each other', () => {
  const folder = path.join(ROOT, 'tests');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.test.ts') && !file.endsWith('.browser.test.ts') && !file.startsWith('architecture'),
  );
  const mocking = files
    .map((file) => ({ file, code: readFileSync(path.join(folder, file), 'utf8') }))
    .filter(({ code }) => code.includes('vi.mock('));

  expect(mocking.length).toBeGreaterThan(0);
  for (const { file, code } of mocking) {
    expect(code, file).toMatch(/^vi\.hoisted\(\(\) => vi\.resetModules\(\)\);$/m);
    expect(code, file).toMatch(
      /afterAll\(\(\) => \{\n(?: {2}vi\.doUnmock\(.*\);\n)+ {2}vi\.resetModules\(\);\n\}\);/,
    );
  }
});

describe('the import rules catch', () => {
  const planted: [what: string, files: Record<string, string>, sentence: string][] = [
    [
      'a static import against the layers',
      { 'core/block.ts': `import { x } from '../storage/store';`, 'storage/store.ts': '' },
      'core/block.ts: core may not import storage (storage/store.ts)',
    ],
    [
      'an import of types only',
      { 'client/session.ts': `import type { X } from '../engine/host';`, 'engine/host.ts': '' },
      'client/session.ts: client may not import engine (engine/host.ts)',
    ],
    [
      'a re-export',
      { 'words/all.ts': `export * from '../view/Lab.svelte';`, 'view/Lab.svelte': '' },
      'words/all.ts: words may not import view (view/Lab.svelte)',
    ],
    [
      'a dynamic import',
      { 'drawing/scene.ts': `const x = await import('../client/session');`, 'client/session.ts': '' },
      'drawing/scene.ts: drawing may not import client (client/session.ts)',
    ],
    [
      'a type that imports',
      { 'formats/link.ts': `type X = import('../protocol/reply').X;`, 'protocol/reply.ts': '' },
      'formats/link.ts: formats may not import protocol (protocol/reply.ts)',
    ],
    [
      'an import in a component',
      {
        'view/Lab.svelte': `<script lang="ts">\n  import { x } from '../storage/store';\n</script>\n<p>{x}</p>`,
        'storage/store.ts': '',
      },
      'view/Lab.svelte: view may not import storage (storage/store.ts)',
    ],
    [
      'an import in the markup of a component',
      { 'view/Lab.svelte': `{#await import('../engine/host') then it}{it}{/await}`, 'engine/host.ts': '' },
      'view/Lab.svelte: view may not import engine (engine/host.ts)',
    ],
    [
      'a worker named elsewhere than in main.ts',
      {
        'client/engine.ts': `new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' });`,
        'engine/worker.ts': '',
      },
      'client/engine.ts: client may not import engine (engine/worker.ts)',
    ],
    [
      'a package that does not belong there',
      { 'view/Lab.svelte': `<script>import { scaleLinear } from 'd3';</script>` },
      'view/Lab.svelte: view may not import the package d3',
    ],
    [
      'any package in the core',
      { 'core/block.ts': `import fs from 'node:fs';` },
      'core/block.ts: core may not import the package node:fs',
    ],
    [
      'a file outside the source',
      { 'core/block.ts': `import x from '../../tests/x';` },
      'core/block.ts: imports ../../tests/x, which is no file under src',
    ],
    [
      'an import that only running could tell',
      { 'core/block.ts': 'await import(`../${name}`);' },
      'core/block.ts: imports `../${name}`, which only running it could tell',
    ],
    [
      'a reference that widens the compiler settings',
      { 'core/block.ts': `/// <reference lib="dom" />\nexport {};` },
      'core/block.ts: refers to dom by a comment: import it instead',
    ],
    ['a folder nobody planned', { 'utils/misc.ts': '' }, 'utils/misc.ts: is in no layer of the architecture'],
    [
      'a circle of files',
      {
        'core/a.ts': `import './b';`,
        'core/b.ts': `import type { C } from './c';`,
        'core/c.ts': `export { a } from './a';`,
      },
      'core/a.ts: imports itself through core/b.ts -> core/c.ts -> core/a.ts',
    ],
    [
      'the clock in the core',
      { 'core/a.ts': 'const now = Date.now();' },
      'core/a.ts: the core may not use Date.now',
    ],
    [
      'a date in the core',
      { 'core/a.ts': 'const now = new Date(0);' },
      'core/a.ts: the core may not use new Date',
    ],
    [
      'chance in the core',
      { 'core/a.ts': 'const x = Math.random();' },
      'core/a.ts: the core may not use Math.random',
    ],
    [
      'the surroundings in the core',
      { 'core/a.ts': 'const width = window.innerWidth;' },
      'core/a.ts: the core may not use window',
    ],
  ];

  test.each(planted)('%s', (_what, files, sentence) => {
    expect(violationsIn(new Map(Object.entries(files)))).toEqual([sentence]);
  });
});

test('the import rules allow what they should', () => {
  const tree = new Map(
    Object.entries({
      'main.ts': `
        import App from './App.svelte';
        const worker = new Worker(new URL('./engine/worker.ts', import.meta.url), { type: 'module' });`,
      'App.svelte': `<script lang="ts">import Lab from './view/Lab.svelte'; import './app.css';</script>`,
      'app.css': '',
      'view/Lab.svelte': `
        <!-- import('../engine/worker') is only talked about -->
        <script lang="ts">
          import { onMount } from 'svelte';
          import { Session } from '../client/session.svelte';
          // import { x } from '../storage/store';
        </script>`,
      'client/session.svelte.ts': `import { block } from '../core/block';`,
      'core/block.ts': `/** Neither window nor Date.now(). */ export const block = { window: 1 };`,
      'engine/worker.ts': `import { store } from '../storage/store';`,
      'storage/store.ts': `import { get } from 'idb-keyval'; import type { B } from '../core/block';`,
      'drawing/scene.ts': `import { scaleLinear } from 'd3';`,
    }),
  );

  expect(violationsIn(tree)).toEqual([]);
});

describe('what belongs to the page or the worker compiles only there:', () => {
  const probes = {
    nothing: 'export const probe = 1;',
    document: 'export const probe = document;',
    indexedDB: 'export const probe = indexedDB;',
    process: 'export const probe = process;',
  };
  const page = { nothing: true, document: true, indexedDB: true, process: false };
  const worker = { nothing: true, document: false, indexedDB: true, process: false };
  const neither = { nothing: true, document: false, indexedDB: false, process: false };
  const surroundings: Readonly<Record<string, typeof page>> = {
    ...{ client: page, view: page, engine: worker, reader: worker, storage: worker },
    ...{
      core: neither,
      formats: neither,
      protocol: neither,
      drawing: neither,
      lessons: neither,
      words: neither,
    },
  };

  test.each(FOLDERS)('%s', (folder) => {
    // The packages a folder uses must not bring the page in by their types.
    const packages = (LAYERS[folder]?.packages ?? []).map((name) => `import '${name}';\n`).join('');
    const compiled = compileIn(
      folder,
      Object.values(probes).map((probe) => packages + probe),
    );

    const actual = Object.fromEntries(Object.keys(probes).map((name, index) => [name, compiled[index]]));
    expect(actual).toEqual(surroundings[folder]);
  });
});

/** The files below a folder by their path there; settings and guided tours are not source. */
function readTree(folder: string): Tree {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^tsconfig\.json$|\.md$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    files.map((file) => [path.relative(folder, file).split(path.sep).join('/'), readFileSync(file, 'utf8')]),
  );
}
