/** The rules of the house as data, and what breaks them in a tree of source files. */
import { importsOf, type Import } from './imports';
import { impuritiesOf } from './purity';

/** The files under src/ by their path there ('core/block.ts'), with their text. */
export type Tree = ReadonlyMap<string, string>;

interface Layer {
  /** The other layers whose files it may import. */
  readonly layers: readonly string[];
  /** The npm packages it may import. */
  readonly packages: readonly string[];
}

/** The page itself: what is not in a folder. */
const APP = 'App.svelte';
const MAIN = 'main.ts';

export const LAYERS: Readonly<Record<string, Layer>> = {
  core: { layers: [], packages: [] },
  storage: { layers: ['core'], packages: ['idb-keyval', 'valibot'] },
  // Hashes of whole volumes come piece by piece, which the browser's own digest cannot; qcow2 clusters end before their
  // bytes do, which the browser's own decompression takes for an error.
  formats: { layers: ['core'], packages: ['valibot', '@noble/hashes', 'fflate'] },
  protocol: { layers: ['core', 'formats'], packages: ['valibot'] },
  drawing: { layers: ['core'], packages: ['d3'] },
  lessons: { layers: ['core', 'formats'], packages: [] },
  words: { layers: ['core'], packages: [] },
  engine: { layers: ['core', 'storage', 'protocol', 'formats'], packages: [] },
  // The worker that reads files, apart from the one that keeps the laboratory.
  reader: { layers: ['core', 'protocol', 'formats'], packages: [] },
  // It starts the worker that reads files, and takes nothing else from there.
  client: { layers: ['core', 'protocol', 'formats', 'reader'], packages: ['svelte'] },
  view: { layers: ['core', 'client', 'drawing', 'lessons', 'formats', 'words'], packages: ['svelte'] },
  [APP]: {
    layers: ['core', 'client', 'drawing', 'lessons', 'formats', 'words', 'view'],
    packages: ['svelte'],
  },
  [MAIN]: {
    layers: [
      ...[
        'core',
        'storage',
        'formats',
        'protocol',
        'drawing',
        'lessons',
        'words',
        'engine',
        'reader',
        'client',
        'view',
      ],
      APP,
    ],
    packages: ['svelte'],
  },
};

/** One sentence for each breach of the rules, beginning with the file; none when all is well. */
export function violationsIn(tree: Tree): string[] {
  const violations: string[] = [];
  const graph = new Map<string, readonly string[]>();
  for (const [file, text] of tree) {
    const { imports, unreadable } = importsOf(file, text);
    violations.push(...unreadable.map((what) => `${file}: ${what}`));
    violations.push(...imports.flatMap((found) => importViolations(tree, file, found)));
    if (layerOf(file) === 'core') {
      violations.push(...impuritiesOf(file, text).map((what) => `${file}: the core may not use ${what}`));
    }
    const targets = imports.map(({ specifier }) => resolve(tree, file, specifier));
    graph.set(
      file,
      targets.filter((target) => target !== undefined),
    );
    if (LAYERS[layerOf(file)] === undefined && isCode(file)) {
      violations.push(`${file}: is in no layer of the architecture`);
    }
  }
  return [...violations, ...cyclesIn(graph)];
}

function importViolations(tree: Tree, file: string, { specifier }: Import): string[] {
  const layer = layerOf(file);
  const rules = LAYERS[layer];
  if (rules === undefined) return [];
  if (!specifier.startsWith('.')) {
    const allowed = rules.packages.includes(packageOf(specifier));
    return allowed ? [] : [`${file}: ${layer} may not import the package ${specifier}`];
  }
  const target = resolve(tree, file, specifier);
  if (target === undefined) return [`${file}: imports ${specifier}, which is no file under src`];
  const targetLayer = layerOf(target);
  const allowed = targetLayer === layer || !isCode(target) || rules.layers.includes(targetLayer);
  return allowed ? [] : [`${file}: ${layer} may not import ${targetLayer} (${target})`];
}

/** The folder of a file, or the file itself when it lies in none. */
function layerOf(file: string): string {
  return file.split('/')[0] ?? file;
}

/** Styles and pictures have no rules of their own. */
function isCode(file: string): boolean {
  return /\.(ts|js|svelte)$/.test(file);
}

/** 'd3' of 'd3/x', '@scope/name' of '@scope/name/x'. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The file a relative specifier means, or undefined when there is none (or the specifier is a package's). */
function resolve(tree: Tree, importer: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const steps = importer.split('/').slice(0, -1);
  for (const step of (specifier.split('?')[0] ?? '').split('/')) {
    if (step === '..' && steps.pop() === undefined) return undefined;
    if (step !== '.' && step !== '..') steps.push(step);
  }
  const path = steps.join('/');
  return [path, `${path}.ts`, `${path}/index.ts`].find((candidate) => tree.has(candidate));
}

/** Each circle of files that import each other, told once. A component that shows itself is no circle. */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const finished = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      cycles.push(`${file}: imports itself through ${[...trail.slice(start + 1), file].join(' -> ')}`);
      return;
    }
    if (finished.has(file)) return;
    for (const target of graph.get(file) ?? []) if (target !== file) visit(target, [...trail, file]);
    finished.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}
