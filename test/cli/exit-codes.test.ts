import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EXIT } from '../../cli/errors.ts';
import { cli, directoryWith } from './support/run-cli.ts';

/** Nothing listens there. */
const AWS = ['--endpoint-url', 'http://127.0.0.1:1', '--region', 'eu-central-1'];
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_MAX_ATTEMPTS: '1' };

let files: ReturnType<typeof directoryWith>;
beforeAll(() => {
  Object.assign(process.env, CREDENTIALS);
  files = directoryWith({
    'good/a.yaml': 'steps: [{ after: 0s, set: { priority: 1 } }]\n',
    'bad/a.yaml': 'steps: []\n',
  });
});
afterAll(() => files.remove());
const codeOf = async (args: readonly string[], stdin = '') =>
  (await cli(args, { cwd: files.path, stdin })).code;

describe('the exit code', () => {
  test.each([
    'check',
    'test-pattern',
    'explain',
    'simulate',
    'replay',
    'plan',
    'push',
    'pull',
    'diff',
    'rollback',
    'send',
    'redrive',
    'watch',
  ])('of %s with an unknown option is that of a usage error', async (command) => {
    expect(await codeOf([command, '--no-such-option'])).toBe(EXIT.usage);
  });

  test.each([
    [['check', 'nowhere']],
    [['explain', '--contact-file', 'nowhere', '--policies', 'good']],
    [['explain', '--contact-file', '-', '--policies', 'nowhere']],
    [['simulate', 'nowhere', '--policies', 'good']],
    [['replay', 'nowhere', '--policies', 'good']],
    [['push', 'nowhere', ...AWS]],
    [['plan', 'nowhere', ...AWS]],
    [['diff', 'nowhere', ...AWS]],
    [['send', 'signal', 'vip', ...AWS]],
    // As scripts pass it whose variable is not set.
    [['diff', 'good', '--region', '']],
    [['pause', '--reason', 'r', '--region', ' ']],
    [['explain', '--contact-id', '', ...AWS]],
    [['explain', '--contact-id', ' ', ...AWS]],
    [['send', 'release', '--contact-id', 'c 1', ...AWS]],
  ])('of %j is that of a usage error: what it names is not usable', async (args) => {
    expect(await codeOf(args, '{}')).toBe(EXIT.usage);
  });

  test.each([[['check', 'bad']], [['push', 'bad', ...AWS]]])('of %j is that of problems', async (args) => {
    expect(await codeOf(args)).toBe(EXIT.problems);
  });

  test.each([
    [['explain', '--contact-id', 'c-1', ...AWS]],
    [['push', 'good', ...AWS]],
    [['pull', 'new', ...AWS]],
    [['diff', 'good', ...AWS]],
    [['plan', 'good', ...AWS]],
    [['rollback', 'a', ...AWS]],
    [['send', 'reevaluate', ...AWS]],
    [['redrive', ...AWS]],
    [['watch', '--port', '0', ...AWS]],
  ])('of %j is that of AWS: no answer', async (args) => {
    expect(await codeOf(args)).toBe(EXIT.aws);
  });

  test('of help is success', async () => {
    expect(await codeOf(['check', '--help'])).toBe(EXIT.ok);
  });
});
