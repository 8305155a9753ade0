/** Vitest leads every dynamic import by way of something that only its pages have. A worker goes without. */
Object.assign(globalThis, {
  __vitest_browser_runner__: { wrapDynamicImport: (load: () => unknown) => load() },
});
