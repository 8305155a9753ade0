/** Reads what a source file imports, in every way there is: the compiler reads the code, so comments cannot fool it. */
import ts from 'typescript';

export interface Import {
  readonly specifier: string;
}

export interface FileImports {
  readonly imports: readonly Import[];
  /** Ways to import that cannot be followed from here, told as half a sentence. */
  readonly unreadable: readonly string[];
}

/** @param file its name tells whether it is a component */
export function importsOf(file: string, text: string): FileImports {
  const imports: Import[] = [];
  const unreadable: string[] = [];
  if (!/\.(ts|js|svelte)$/.test(file)) return { imports, unreadable };
  for (const script of scriptsOf(file, text)) {
    const source = ts.createSourceFile(`${file}.ts`, script, ts.ScriptTarget.Latest, true);
    const references = [
      source.referencedFiles,
      source.typeReferenceDirectives,
      source.libReferenceDirectives,
    ].flat();
    unreadable.push(
      ...references.map(({ fileName }) => `refers to ${fileName} by a comment: import it instead`),
    );
    visit(source);
  }
  return { imports, unreadable };

  function visit(node: ts.Node): void {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      imports.push({ specifier: specifier.text });
    } else if (specifier !== undefined) {
      unreadable.push(`imports ${specifier.getText()}, which only running it could tell`);
    } else if (isImportMetaGlob(node)) {
      unreadable.push('imports by import.meta.glob: name the files instead');
    }
    ts.forEachChild(node, visit);
  }
}

/** A component's scripts, and its markup's dynamic imports as a script; anything else is one script. */
function scriptsOf(file: string, text: string): string[] {
  if (!file.endsWith('.svelte')) return [text];
  const script = /<script\b[^>]*>([\s\S]*?)<\/script>/g;
  const markup = text.replace(script, '').replace(/<!--[\s\S]*?-->/g, '');
  return [
    ...[...text.matchAll(script)].map((match) => match[1] ?? ''),
    ...[...markup.matchAll(/\bimport\s*\([^)]*\)/g)].map((match) => match[0]),
  ];
}

/** What a node names as a file to load: undefined when it is no kind of import. */
function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0];
  if (isFileBesideThis(node)) return node.arguments?.[0];
  return undefined;
}

/** `new URL('./worker.ts', import.meta.url)`: how a worker is named. */
function isFileBesideThis(node: ts.Node): node is ts.NewExpression {
  return (
    ts.isNewExpression(node) &&
    node.expression.getText() === 'URL' &&
    node.arguments?.[1]?.getText() === 'import.meta.url'
  );
}

function isImportMetaGlob(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.expression.getText() === 'import.meta.glob';
}
