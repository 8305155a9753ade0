import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HOTFIX_FILES } from '../../../src/core/catalogue/hotfix-file';
import { REFERENCE_ENTRIES } from '../../../src/view/reference/entries';
import { searchReference } from '../../../src/view/reference/search';

const idsOf = (query: string): readonly string[] =>
  searchReference(REFERENCE_ENTRIES, query).map(({ section, id }) => `${section} ${id}`);

test.each([
  ['87', ['events 87', 'faults 8']],
  ['DIFF_AREA_FULL', ['faults 8']],
  ['diff area full', ['faults 8']],
  ['0x80042308', ['results VSS_E_OBJECT_NOT_FOUND']],
  ['ClearVolumeProtectFault', ['calls ClearVolumeProtectFault']],
  ['volsnap.sys', ['stack volsnap']],
  ['zfs', ['systems zfsKeeps', 'systems zfsWrites']],
  ['Shadow Copy Storage', ['glossary diffArea']],
  ['cow', ['faults 6', 'faults 7', 'glossary copyOnWrite']],
  ['chkdsk', ['tools chkdsk', 'faults 12']],
  ['powershell', ['tools commandLine']],
  ['diskshadow', ['tools commandLine']],
  ['wbadmin', ['tools commandLine']],
  ['dpm', ['tools dpm', 'faults 8', 'faults 14']],
  ['vssadmin', ['tools vssadmin', 'stack vssadmin', 'calls ChangeDiffAreaMaximumSize']],
  ['shadowstorage', ['glossary diffArea', 'tools vssadmin', 'calls ChangeDiffAreaMaximumSize']],
  ['previous versions', ['glossary shadowCopy']],
  ['volsnap', ['glossary volsnap', 'stack volsnap', 'events 87']],
])('“%s” finds what it names', (query, expected) => {
  const found = idsOf(query);
  for (const id of expected) expect(found).toContain(id);
});

test('a number is looked for as a whole, and every word has to occur', () => {
  expect(idsOf('8')).not.toContain('events 87');
  expect(idsOf('87 nonsense')).toEqual([]);
  expect(idsOf('  ')).toHaveLength(REFERENCE_ENTRIES.length);
});

test('the sentences about a fault say which level they are about', () => {
  for (const { section, id, lines } of REFERENCE_ENTRIES) {
    if (section !== 'faults' || id === '0') continue;
    const labels = lines.map(({ label }) => label);
    expect(labels.slice(0, 5)).toEqual(['Cause', 'When', 'Protection off', 'Protection on', 'Way out']);
    expect(lines[2]!.text).not.toBe(lines[3]!.text);
  }
});

test('what has it in its title comes first', () => {
  expect(idsOf('E_NOTIMPL')[0]).toBe('results E_NOTIMPL');
  expect(idsOf('dpm')[0]).toBe('tools dpm');
  expect(idsOf('chkdsk')[0]).toBe('tools chkdsk');
});

test('every entry says something, and every line but a plain list has its source', () => {
  const ids = REFERENCE_ENTRIES.map(({ section, id }) => `${section} ${id}`);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { title, lines } of REFERENCE_ENTRIES) {
    expect(title).not.toBe('');
    expect(lines.some(({ statement }) => statement !== null)).toBe(true);
  }
});

test('the files of the hotfix, by table of the article', () => {
  const counts = new Map<string, number>();
  for (const { edition, servicePack } of HOTFIX_FILES) {
    const key = `${edition} ${servicePack}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({
    'x86 SP1': 10,
    'x86 SP2': 10,
    'x64 SP1': 12,
    'x64 SP2': 12,
    'IA-64 SP1': 12,
    'IA-64 SP2': 12,
  });
});

const SHARED = join(import.meta.dirname, '../../../../shared/sources');

test.skipIf(!existsSync(SHARED))('the table agrees with the article, row for row', () => {
  const texts = readdirSync(SHARED).map((name) => readFileSync(join(SHARED, name), 'utf8'));
  const article = texts.find((text) => text.includes('Snapshot Protection mode'))!;
  const rows = article.split('\n').filter((line) => /^[A-Za-z_]+\.(dll|sys|exe) \|/.test(line));
  const told = new Set(
    rows.map((row) => {
      const [name, version, size, , time, platform, pack] = row.split('|').map((cell) => cell.trim());
      return [name, version, size!.replaceAll(',', ''), time, platform, pack].join(' ');
    }),
  );
  const kept = HOTFIX_FILES.map(({ name, version, sizeBytes, date, platform, servicePack }) =>
    [name, version, sizeBytes, date.slice(11, 16), platform, servicePack].join(' '),
  );
  expect(rows).toHaveLength(100);
  expect([...new Set(kept)].sort()).toEqual([...told].sort());
});
