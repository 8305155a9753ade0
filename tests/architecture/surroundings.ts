/** Compiles one-line probes as if they lay in a folder under src/, by that folder's own settings. */
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from '../run/process.js';

/** Library files are the same for every folder: read once. */
const sources = new Map<string, ts.SourceFile | undefined>();

/** @returns for each probe whether it compiles there */
export function compileIn(folder: string, probes: readonly string[]): boolean[] {
  const folderPath = path.join(ROOT, 'src', folder);
  const { options } = ts.parseJsonConfigFileContent(readSettings(folderPath), ts.sys, folderPath);

  const files = new Map(probes.map((text, index) => [path.join(folderPath, `probe${index}.ts`), text]));
  const program = ts.createProgram([...files.keys()], options, hostWith(files, options));
  return [...files.keys()].map((file) => {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`The compiler did not read ${file}`);
    return (
      [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].length === 0
    );
  });
}

function readSettings(folderPath: string): unknown {
  const file = path.join(folderPath, 'tsconfig.json');
  const read: { config?: unknown; error?: ts.Diagnostic } = ts.readConfigFile(file, (name) =>
    ts.sys.readFile(name),
  );
  if (read.error !== undefined)
    throw new Error(ts.flattenDiagnosticMessageText(read.error.messageText, '\n'));
  return read.config;
}

function hostWith(files: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const exists = host.fileExists.bind(host);
  return {
    ...host,
    fileExists: (file) => files.has(path.normalize(file)) || exists(file),
    getSourceFile: (file, languageVersion) => {
      const probe = files.get(path.normalize(file));
      if (probe !== undefined) return ts.createSourceFile(file, probe, languageVersion);
      if (!sources.has(file)) sources.set(file, read(file, languageVersion));
      return sources.get(file);
    },
  };
}
