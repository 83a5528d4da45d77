import { describe, expect, test } from '@jest/globals';
import { parseOptions, UsageError } from '../../../local/cli/options.ts';

describe('the options of npm start', () => {
  test.each([
    [[], { headless: false, demo: true, seed: 1, minutes: 10, speed: 12, port: 4_600 }],
    [
      ['--headless', '--no-demo', '--seed', '7', '--minutes=2', '--speed', '1', '--port', '0'],
      { headless: true, demo: false, seed: 7, minutes: 2, speed: 1, port: 0 },
    ],
    [['--help', '--minutes', '5'], undefined],
  ])('%j', (args, expected) => {
    expect(parseOptions(args)).toEqual(expected);
  });

  test.each([
    [['--minutes', '0'], '--minutes is "0": expected a whole number from 1 to 120.'],
    [['--seed', 'x'], '--seed is "x": expected a whole number from 0 to 2147483647.'],
    [['--speed', ''], '--speed is "": expected a whole number from 1 to 20.'],
    [['--port', '65536'], '--port is "65536": expected a whole number from 0 to 65535.'],
  ])('%j is refused', (args, message) => {
    expect(() => parseOptions(args)).toThrow(new UsageError(message));
  });

  test.each([[['--fast']], [['now']]])('%j is refused', (args) => {
    expect(() => parseOptions(args)).toThrow(UsageError);
  });
});
