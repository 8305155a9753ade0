import { expect, test } from 'vitest';
import { parseConsoleLine } from '../../src/formats/console-line';

test.each([
  ['vssadmin list shadows', { kind: 'listShadows', shadow: null }],
  ['VSSADMIN LIST SHADOWS /for=c:', { kind: 'listShadows', shadow: null }],
  ['list shadows /shadow={abc}', { kind: 'listShadows', shadow: '{abc}' }],
  ['vssadmin list shadowstorage', { kind: 'listShadowStorage' }],
  ['vssadmin create shadow /for=C:\\', { kind: 'createShadow' }],
  [
    'vssadmin resize shadowstorage /for=C: /on=D: /maxsize=1MB',
    { kind: 'resizeShadowStorage', maximumBlocks: 64 },
  ],
  [
    'resize shadowstorage /for=C: /on=D: /maxsize=UNBOUNDED',
    { kind: 'resizeShadowStorage', maximumBlocks: null },
  ],
  ['resize shadowstorage /for=C: /on=D:', { kind: 'resizeShadowStorage', maximumBlocks: null }],
  ['delete shadows /for=C: /oldest', { kind: 'deleteShadows', which: 'oldest', isQuiet: false }],
  ['delete shadows /for=C: /all /quiet', { kind: 'deleteShadows', which: 'all', isQuiet: true }],
  ['delete shadows /shadow={x}', { kind: 'deleteShadows', which: { shadow: '{x}' }, isQuiet: false }],
  ['vssadmin list writers', { kind: 'notSimulated', command: 'list writers' }],
  ['vssadmin /?', { kind: 'help' }],
  ['vssadmin', { kind: 'help' }],
  ['create shadow /?', { kind: 'help' }],
  ['protect level snapshot', { kind: 'protectLevel', level: 'SNAPSHOT' }],
  ['protect level original', { kind: 'protectLevel', level: 'ORIGINAL_VOLUME' }],
  ['protect', { kind: 'protectHelp' }],
  ['vssadmin protect /?', { kind: 'protectHelp' }],
  ['protect clear', { kind: 'protectClear' }],
  ['protect deleteunused', { kind: 'protectDeleteUnused' }],
])('%s is understood', (line, request) => {
  expect(parseConsoleLine(line)).toEqual({ ok: true, value: request });
});

test.each([
  ['', 'empty', '', 0],
  ['format c:', 'unknownCommand', 'format c:', 0],
  ['vssadmin list dogs', 'unknownCommand', 'list dogs', 9],
  ['vssadmin create shadow', 'missingOption', '/for=', 22],
  ['vssadmin create shadow /for=E:', 'unknownVolume', 'E:', 23],
  ['vssadmin create shadow /for=', 'valueMissing', '/for=', 23],
  ['vssadmin list shadows /colour=red', 'unknownOption', '/colour=red', 22],
  ['resize shadowstorage /for=C: /on=D: /maxsize=lots', 'badSize', 'lots', 36],
  ['resize shadowstorage /for=C: /on=C: /maxsize=1GB', 'unknownVolume', 'C:', 29],
  ['delete shadows /for=C:', 'whichMissing', '', 22],
  ['protect fly', 'unknownProtect', 'protect fly', 8],
  ['protect level high', 'unknownOption', 'high', 14],
  ['protect level', 'valueMissing', 'snapshot | original', 13],
  ['x'.repeat(401), 'tooLong', '400', 400],
])('%s is a mistake at its place', (line, code, text, column) => {
  expect(parseConsoleLine(line)).toEqual({ ok: false, problem: { code, text, column } });
});
