/** libvshadow, the independent reader of shadow copies: asked through its Python binding, in a child process. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../run/process.js';

/** The Python that Debian's packages serve. */
const PYTHON = '/usr/bin/python3';
const LIMIT_MS = 60_000;

const OWN_SCRIPT = path.join(ROOT, 'tests/formats/volume-image/read_with_libvshadow.py');
const SHARED_SCRIPT = path.join(ROOT, '../shared/oracle/read_image.py');

interface OracleStore {
  readonly identifier: string;
  readonly copy_identifier: string;
  readonly copy_set_identifier: string;
  readonly creation_filetime: string;
  readonly size_bytes: number;
  readonly descriptors: number;
  /** SHA-256 of every 16 KiB, oldest snapshot first. */
  readonly blocks: readonly string[];
}

export type OracleAnswer = { readonly stores: readonly OracleStore[] } | { readonly error: string };

export const HAS_ORACLE = spawnSync(PYTHON, ['-c', 'import pyvshadow'], { timeout: LIMIT_MS }).status === 0;

export const NO_ORACLE =
  'SKIPPED, AND ONLY GOLDEN HASHES REPLACE IT: libvshadow is not here (Debian package python3-libvshadow)';

/** Its answers for raw images, in their order. */
export function askOracle(files: readonly string[]): readonly OracleAnswer[] {
  const { stdout, status, signal, stderr } = spawnSync(PYTHON, [OWN_SCRIPT, ...files], {
    timeout: LIMIT_MS,
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`libvshadow stopped (${signal ?? status}): ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as OracleAnswer);
}

export const HAS_SHARED_ORACLE = HAS_ORACLE && existsSync(SHARED_SCRIPT);

/** The answer of the script beside the project, written by others. */
export function askSharedOracle(file: string): OracleAnswer {
  const { stdout, status, stderr } = spawnSync(PYTHON, [SHARED_SCRIPT, file, '--blocks'], {
    timeout: LIMIT_MS,
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  if (status === 2) return { error: stderr };
  if (status !== 0) throw new Error(`The shared oracle stopped: ${stderr}`);
  return JSON.parse(stdout) as OracleAnswer;
}
