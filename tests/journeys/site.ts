import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ROOT } from '../run/process.js';
import { serve } from '../run/serve.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the built site is: at the root of a host, and below a path as on GitHub Pages. */
    site: { readonly atRoot: string; readonly belowPath: string };
  }
}

/** Serves `dist` twice for as long as the journeys run. */
export default async function serveBuiltSite(project: TestProject): Promise<() => Promise<void>> {
  const root = path.join(ROOT, 'dist');
  if (!existsSync(path.join(root, 'index.html')))
    throw new Error('There is no built site: "npm run build" first.');
  const [atRoot, belowPath] = await Promise.all([serve({ root }), serve({ root, base: '/some/where/' })]);
  project.provide('site', { atRoot: atRoot.address, belowPath: belowPath.address });
  return async () => {
    await Promise.all([atRoot.close(), belowPath.close()]);
  };
}
