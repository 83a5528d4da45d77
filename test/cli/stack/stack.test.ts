import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { VERSION } from '../../../lambda/domain/version.ts';
import { findResource } from '../../lib/synthesize.ts';
import { bundledStack } from '../../support/bundled-stack.ts';
import { cli, directoryWith } from '../support/run-cli.ts';

const ROOT = join(import.meta.dirname, '../../..');

const FUNCTION = 'EscalatorContactEventsFunction';

/** What the deployed code of contact-events logs of an event that it cannot parse, and the stack that Lambda logs. */
let logged: string;

beforeAll(() => {
  const stack = bundledStack();
  const file = stack.bundleOf(FUNCTION);
  const { Variables } = findResource(stack.template, FUNCTION).Properties.Environment;
  const environment = Object.fromEntries(Object.keys(Variables).map((name) => [name, `the-${name}`]));
  const code = [
    `const { handler } = await import('${pathToFileURL(file)}');`,
    'try { await handler({ detail: 7 }, {}); } catch (error) { console.log(error.stack); }',
  ].join('\n');
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { AWS_REGION: 'eu-central-1', ...environment },
  });
  logged = stdout + stderr;
}, 120_000);

/** The source text at each position that a text names. */
function linesAt(text: string): string[] {
  return [...text.matchAll(/(lambda\/[\w/-]+\.ts):(\d+):(\d+)/g)].map(([, file = '', line, column]) =>
    (readFileSync(join(ROOT, file), 'utf8').split('\n')[Number(line) - 1] ?? '').slice(Number(column) - 1),
  );
}

describe('escalator stack', () => {
  test('names the lines of the sources that threw the error', async () => {
    expect(logged).toMatch(/contact-events\.mjs:\d+:\d+/);
    const { code, out, err } = await cli(['stack'], { stdin: logged });
    expect({ code, err }).toStrictEqual({ code: 0, err: '' });
    expect(out).not.toContain('.mjs:');
    expect(out.split('\n')).toHaveLength(logged.split('\n').length);
    expect(linesAt(out)[0]).toMatch(/^new MalformedEventError\(/);
    expect(linesAt(out).some((line) => line.startsWith('handleContactEvent(event'))).toBe(true);
  });

  test('reads a file, and lines of JSON, in which a stack is one string', async () => {
    const line = JSON.stringify({ level: 'ERROR', version: VERSION, stack: logged });
    const files = directoryWith({ 'a.log': `${line}\n` });
    const { code, out, err } = await cli(['stack', 'a.log'], { cwd: files.path });
    files.remove();
    expect({ code, err }).toStrictEqual({ code: 0, err: '' });
    expect(linesAt(JSON.parse(out).stack)[0]).toMatch(/^new MalformedEventError\(/);
  });

  test('says when another version logged the lines', async () => {
    const lines = [
      { version: '9.9.9', stack: logged },
      { version: '8.8.8', message: 'without a stack' },
    ].map((line) => JSON.stringify(line));
    const { code, err } = await cli(['stack', '-'], { stdin: lines.join('\n') });
    expect(code).toBe(0);
    expect(err).toBe(
      `escalator: a line was logged by version 9.9.9, and the positions are those of version ${VERSION}: run the ` +
        'stack command of version 9.9.9.\n',
    );
  });

  test('leaves positions alone that are not of a function', async () => {
    const text = 'at f (file:///app/other.mjs:1:2)\n';
    const { code, out, err } = await cli(['stack'], { stdin: `${text}${logged}` });
    expect({ code, err }).toStrictEqual({ code: 0, err: '' });
    expect(out.startsWith(text)).toBe(true);
  });

  test.each([
    [['99999:1'], 'sweep.mjs:99999:1'],
    [['99999:1', '88888:2', '99999:1', '77777:3'], 'sweep.mjs:99999:1 and 2 more'],
  ])('leaves positions alone that the code does not have, and says so: %j', async (positions, named) => {
    const text = positions.map((position) => `at g (/var/task/sweep.mjs:${position})\n`).join('');
    const { code, out, err } = await cli(['stack'], { stdin: text });
    expect({ code, out }).toStrictEqual({ code: 0, out: text });
    expect(err).toBe(
      `escalator: the code of version ${VERSION} has no line for ${named}, left as logged: run the stack command of ` +
        'the version that is deployed.\n',
    );
  });

  test('names no more than the file of a dependency', async () => {
    const bundle = readFileSync(bundledStack().bundleOf(FUNCTION), 'utf8');
    const lines = bundle.split('\n');
    const positions = lines.flatMap((line, row) =>
      Array.from(
        { length: Math.ceil(line.length / 97) },
        (_, index) => `a/contact-events.mjs:${row + 1}:${index * 97 + 1}`,
      ),
    );
    const { out } = await cli(['stack'], { stdin: positions.join('\n') });
    const dependencies = out.split('\n').filter((line) => line.includes('node_modules'));
    expect(dependencies.length).toBeGreaterThan(100);
    for (const line of dependencies) expect(line).toMatch(/^node_modules\/[\w@./-]+\.(js|mjs|json)$/);
  });

  test.each([
    ['', 'stdin'],
    ['at f (index.mjs:1:2)', 'stdin'],
  ])('of %j says what it expects', async (stdin, name) => {
    const { code, out, err } = await cli(['stack'], { stdin });
    expect({ code, out }).toStrictEqual({ code: 1, out: '' });
    expect(err).toBe(
      `escalator: ${name} has no position in the code of a function: expected a stack with positions such as ` +
        'file:///var/task/dispatch.mjs:3:1234.\n',
    );
  });

  test('of a file that does not exist is a usage error', async () => {
    expect((await cli(['stack', 'nowhere.log'])).code).toBe(2);
  });
});
