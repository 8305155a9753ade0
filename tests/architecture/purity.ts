/** Finds what makes code depend on more than its arguments: the surroundings, the clock, chance. */
import ts from 'typescript';

const SURROUNDINGS = new Set([
  ...['document', 'window', 'self', 'globalThis', 'navigator', 'indexedDB', 'localStorage', 'sessionStorage'],
  ...['performance', 'crypto', 'fetch', 'process', 'postMessage', 'queueMicrotask', 'requestAnimationFrame'],
  ...['setTimeout', 'setInterval', 'setImmediate'],
]);

/** Each use of what the core may not know, as it is written. */
export function impuritiesOf(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const use = impurityOf(node);
    if (use !== undefined) found.push(use);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

function impurityOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const name = node.getText();
    return name === 'Math.random' || name === 'Date.now' ? name : undefined;
  }
  if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
    if (node.expression.getText() !== 'Date') return undefined;
    return ts.isNewExpression(node) ? 'new Date' : 'Date()';
  }
  if (ts.isIdentifier(node) && SURROUNDINGS.has(node.text) && !isOnlyAName(node)) return node.text;
  return undefined;
}

/** `gate.window`, `{ window: 1 }` and a member's declaration name a property, not the surroundings. */
function isOnlyAName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  return (
    (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent)) &&
    parent.name === node
  );
}
