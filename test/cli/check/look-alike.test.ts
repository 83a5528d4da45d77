import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { cli, directoryWith } from '../support/run-cli.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/policies/look-alike');
const STEPS = 'steps: [{ after: 0s, set: { age: 1m } }]\n';

async function check(files: Readonly<Record<string, string | Uint8Array>>, ...paths: string[]) {
  const directory = directoryWith({});
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory.path, name), content);
  const args = paths.length > 0 ? paths : ['.'];
  const { code, out, err } = await cli(['check', '--json', ...args], { cwd: directory.path });
  directory.remove();
  const { findings } = JSON.parse(out) as {
    findings: {
      file: string;
      line: number;
      column: number;
      severity: string;
      code: string;
      message: string;
    }[];
  };
  const places = findings.map((one) => `${one.file}:${one.line}:${one.column} ${one.severity} ${one.code}`);
  return { exitCode: code, places, messages: findings.map(({ message }) => message), err };
}

describe('policies that do not do what they look like', () => {
  test.each([
    ['multi', 1, ['4:1 error second-document']],
    ['tag2', 1, ['2:23 error yaml-tag']],
    ['modefalse', 1, ['1:7 error not-allowed']],
    ['tpl', 1, ['1:26 error template-braces']],
    ['tz', 0, ['1:21 warning time-zone']],
    ['merge2', 0, ['7:5 warning changes-nothing']],
    ['initm', 0, ['1:29 warning unknown-value', '1:38 warning unknown-value']],
    ['numeric', 0, ['1:39 warning value-type', '1:84 warning value-type']],
    ['numbertag', 0, ['1:25', '1:28', '1:34', '1:48', '1:66'].map((place) => `${place} warning value-type`)],
    ['ab', 0, []],
  ])('%s.yaml', async (name, exitCode, places) => {
    const { code, out } = await cli(['check', '--json', `${name}.yaml`], { cwd: FIXTURES });
    const { findings } = JSON.parse(out) as { findings: Record<string, string>[] };
    const found = findings
      .filter(({ code }) => code !== 'may-starve')
      .map((one) => `${one.line}:${one.column} ${one.severity} ${one.code}`);
    expect({ code, found }).toEqual({ code: exitCode, found: places });
  });

  test('the warning quotes the text as it is written', async () => {
    const { out } = await cli(['check', 'numbertag.yaml'], { cwd: FIXTURES });
    expect(out).toContain('Write "007" in quotes.');
  });

  test('a text that is read in part, or on with the next line, quotes what is written', async () => {
    const { exitCode, places, messages } = await check({
      'a.yaml': `match:\n  tags:\n    tier:\n      - gold #1\n      - silver\n        plus\n      - tin # cheap\n      - tin#2\n${STEPS}`,
    });
    expect({ exitCode, places }).toEqual({
      exitCode: 0,
      places: ['a.yaml:4:9 warning unlikely-text', 'a.yaml:5:9 warning unlikely-text'],
    });
    expect(messages[0]).toContain('"gold #1" is read as "gold", since # begins a comment.');
    expect(messages[1]).toContain(
      'is read as "silver plus", since a text without quotes goes on in the next line.',
    );
  });

  test('a value that cannot be turned into a text is a problem, not a stack trace', async () => {
    const { exitCode, places } = await check({
      'a.yaml': `mode: { toString: 1 }\n${STEPS}`,
      'settings.yaml': 'ageAdjustment: { toString: 1 }\n',
    });
    expect({ exitCode, places }).toEqual({
      exitCode: 1,
      places: ['a.yaml:1:7 error not-allowed', 'settings.yaml:1:16 error not-allowed'],
    });
  });
});

describe('the encoding of a file', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  const TIER = `description: a\nmatch: { tags: { city: [Köln] } }\n${STEPS}`;

  test.each([
    ['Latin-1', latin1(TIER), 'a.yaml:2:26 error encoding', 'Latin-1'],
    [
      'UTF-16 with a byte order mark',
      Buffer.from(`\uFEFF${TIER}`, 'utf16le'),
      'a.yaml:1:1 error encoding',
      'UTF-16',
    ],
    [
      'UTF-16 without one',
      Buffer.from(TIER, 'utf16le'),
      'a.yaml:1:1 error encoding',
      'UTF-16 (little-endian)',
    ],
    [
      'UTF-16, big-endian',
      Buffer.from(`\uFEFF${TIER}`, 'utf16le').swap16(),
      'a.yaml:1:1 error encoding',
      'UTF-16 (big-endian)',
    ],
    [
      'UTF-8 that is cut off',
      Buffer.from(`# ${STEPS.trim()} ö`).subarray(0, -1),
      'a.yaml:1:44 error encoding',
      'UTF-8',
    ],
  ])('%s is named, and the other files are checked', async (_name, bytes, place, message) => {
    const found = await check({ 'a.yaml': bytes, 'b.yaml': 'steps: []' });
    expect(found.places).toEqual([place, 'b.yaml:1:8 error out-of-range']);
    expect(found.messages[0]).toContain(message);
  });

  test('UTF-8 with a byte order mark is read without it', async () => {
    expect((await check({ 'a.yaml': `\uFEFF${STEPS}` })).places).toEqual([]);
  });
});

describe('what SSM takes', () => {
  test('a policy above 4 KB is an advanced parameter, which can be accepted', async () => {
    const comment = `# ${'x'.repeat(4_096)}\n`;
    const accept = 'accept: { advanced-parameter: "We pay for it." }\n';
    const found = await check({ 'a.yaml': STEPS + comment });
    expect({ exitCode: found.exitCode, places: found.places }).toEqual({
      exitCode: 0,
      places: ['a.yaml:1:1 warning advanced-parameter'],
    });
    expect((await check({ 'a.yaml': accept + STEPS + comment })).places).toEqual([]);
  });

  test('braces in settings', async () => {
    expect((await check({ 'settings.yaml': 'updateRate: 5 # {{x}}\n' })).places).toEqual([
      'settings.yaml:1:17 error template-braces',
    ]);
  });
});

describe('the settings in force', () => {
  const policy = 'steps:\n  - { after: 30s, set: { age: 1m } }\n  - { by: 60s, set: { age: 2m } }\n';

  test('those of the same folder decide when a step with by is reached', async () => {
    const settings = 'routingLag: 5s\n';
    expect((await check({ 'a.yaml': policy, 'settings.yaml': settings })).places).toEqual([]);
    expect((await check({ 'a.yaml': policy, 'settings.yml': settings }, 'a.yaml')).places).toEqual([]);
    expect((await check({ 'a.yaml': policy })).places).toEqual(['a.yaml:3:5 error step-order']);
  });

  test('broken ones are named, and the default ones are used', async () => {
    const found = await check({ 'a.yaml': STEPS, 'settings.yaml': 'routingLag: 5\n' }, 'a.yaml');
    expect(found.places).toEqual([]);
    expect(found.err).toContain('settings.yaml has problems');
  });
});
