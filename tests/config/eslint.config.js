import path from 'node:path';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** @type {Readonly<Record<string, 'off'>>} */
const UNTYPED = {
  '@typescript-eslint/no-unsafe-argument': 'off',
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-unsafe-call': 'off',
  '@typescript-eslint/no-unsafe-member-access': 'off',
  '@typescript-eslint/no-unsafe-return': 'off',
};

export default defineConfig(
  { ignores: ['dist/', 'node_modules/'] },

  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: path.resolve(import.meta.dirname, '../..'),
        extraFileExtensions: ['.svelte'],
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },

  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      // Each component changes the program it is compiled in: a small one, and not that of all sources and tests.
      parserOptions: {
        parser: tseslint.parser,
        projectService: false,
        project: 'tests/config/tsconfig.components.json',
      },
      globals: globals.browser,
    },
    // ESLint sees an imported component without its types; svelte-check sees it with them.
    rules: {
      ...UNTYPED,
      // Props that can be bound are declared with `let`, all of them in one pattern.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all', excludedRunes: [] }],
    },
  },
  {
    // The page reaches stored blocks through the worker only.
    files: ['src/client/**', 'src/view/**', 'src/App.svelte'],
    rules: { 'no-restricted-globals': ['error', 'indexedDB'] },
  },
  {
    // A test tells a story from its beginning to its end.
    files: ['tests/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['tests/run/**'],
    languageOptions: { globals: globals.node },
    // Plain JavaScript, typed by its comments: what comes from a stream or from JSON stays `any`.
    rules: { ...UNTYPED, 'no-console': 'off' },
  },
);
