/**
 * Compiles each folder under src/ by its own settings, which know only what belongs there. One process for all of them:
 * what several folders import is read and parsed once, and each file is checked in its own folder only.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from './process.js';

const FORMAT = {
  getCanonicalFileName: (/** @type {string} */ name) => name,
  getCurrentDirectory: () => ROOT,
  getNewLine: () => '\n',
};

/**
 * By path: the folders differ in `lib` and `types` only, of which parsing knows nothing.
 * @type {Map<string, ts.SourceFile | undefined>}
 */
const sources = new Map();

const folders = readdirSync(path.join(ROOT, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

for (const folder of folders) {
  const faults = compile(path.join(ROOT, 'src', folder, 'tsconfig.json'));
  if (faults.length === 0) continue;
  console.log(`src/${folder}:\n${ts.formatDiagnostics(faults, FORMAT)}`);
  process.exitCode = 1;
}

/** @param {string} settings */
function compile(settings) {
  /** @type {ts.Diagnostic[]} */
  const unrecoverable = [];
  const parsed = ts.getParsedCommandLineOfConfigFile(
    settings,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (fault) => unrecoverable.push(fault) },
  );
  if (parsed === undefined) return unrecoverable;
  const { fileNames, options, errors } = parsed;
  const program = ts.createProgram({
    rootNames: fileNames,
    options,
    host: sharingHost(options),
    configFileParsingDiagnostics: errors,
  });
  const own = fileNames.map((name) => program.getSourceFile(name));
  return [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...own.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
  ];
}

/** @param {ts.CompilerOptions} options */
function sharingHost(options) {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, languageVersion) => {
    if (!sources.has(file)) sources.set(file, read(file, languageVersion));
    return sources.get(file);
  };
  return host;
}
