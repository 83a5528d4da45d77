import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CommanderError } from 'commander';
import { parseOptions } from '../../../local/cli/options.ts';

let output: string;

beforeEach(() => {
  output = '';
  const record = (text: string | Uint8Array) => {
    output += text;
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(record);
  jest.spyOn(process.stderr, 'write').mockImplementation(record);
});

afterEach(() => {
  jest.restoreAllMocks();
});

function exitCodeOf(args: readonly string[]): number {
  try {
    parseOptions(args);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
  }
  throw new TypeError('Expected a CommanderError.');
}

describe('the options of npm start', () => {
  test.each([
    [[], { headless: false, demo: true, open: false, seed: 1, minutes: 10, speed: 4, port: 4_600 }],
    [
      ['--headless'],
      { headless: true, demo: true, open: false, seed: 1, minutes: 10, speed: 12, port: 4_600 },
    ],
    [
      ['--policies', 'mine', '--scenario', 'mine.yaml', '--from', '09:30'],
      {
        ...{ headless: false, demo: true, open: false, seed: 1, minutes: 10, speed: 4, port: 4_600 },
        ...{ policies: 'mine', scenario: 'mine.yaml', from: 34_200_000 },
      },
    ],
    [
      ['--no-demo', '--open', '--seed', '7', '--minutes=2', '--speed', '1', '--port', '0'],
      { headless: false, demo: false, open: true, seed: 7, minutes: 2, speed: 1, port: 0 },
    ],
  ])('%j', (args, expected) => {
    expect(parseOptions(args)).toEqual(expected);
    expect(output).toBe('');
  });

  test.each(['--no-demo', '--open'])(
    '--headless has no console to start, so it does not go with %s',
    (option) => {
      expect(exitCodeOf(['--headless', option])).not.toBe(0);
      expect(output).toContain(`error: option '--headless' cannot be used with option '${option}'`);
    },
  );

  test('--help prints every option, key and exit code', () => {
    expect(exitCodeOf(['--help'])).toBe(0);
    expect(output).toMatch(/Enter {2}begin .*\n {2}space {2}pause .*\n {2}q /);
    const own = ['--policies', '--scenario', '--from'];
    for (const option of [
      '--headless',
      '--no-demo',
      '--open',
      '--seed',
      '--minutes',
      '--speed',
      '--port',
      ...own,
    ]) {
      expect(output).toContain(option);
    }
    expect(output).toMatch(/Exit codes:\n {2}0 .*\n {2}1 .*\n {2}2 .*\n {2}3 /);
  });

  test.each([
    [
      ['--minutes', '0'],
      "option '--minutes <n>' argument '0' is invalid. Expected a whole number from 1 to 120.",
    ],
    [
      ['--seed', 'x'],
      "option '--seed <n>' argument 'x' is invalid. Expected a whole number from 0 to 2147483647.",
    ],
    [['--speed', ''], "option '--speed <n>' argument '' is invalid. Expected a whole number from 1 to 20."],
    [
      ['--port', '65536'],
      "option '--port <n>' argument '65536' is invalid. Expected a whole number from 0 to 65535.",
    ],
    [
      ['--from', '9:30'],
      "option '--from <HH:MM>' argument '9:30' is invalid. Expected a time of day from 00:00 to 23:59; write \"09:30\".",
    ],
    [
      ['--from', '24:00'],
      "option '--from <HH:MM>' argument '24:00' is invalid. Expected a time of day from 00:00 to 23:59.",
    ],
    [
      ['--policies', 'a', '--policies', 'b'],
      "option '--policies <directory>' argument 'b' is invalid. It is given twice, and the demo runs one.",
    ],
    [['--fast'], "unknown option '--fast'"],
    [['now'], 'too many arguments. Expected 0 arguments but got 1: now.'],
  ])('%j is rejected', (args, message) => {
    expect(exitCodeOf(args)).toBe(1);
    expect(output).toBe(`error: ${message}\n(npm start -- --help lists the options)\n`);
  });
});
