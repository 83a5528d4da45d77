import { describe, expect, test } from '@jest/globals';
import { position, timeScale } from '../../console/contact/time-scale.ts';
import { atSecond, T0 } from '../support/contacts.ts';

const at = (...seconds: number[]) =>
  seconds.map((second) => ({ at: atSecond(second), kind: 'event' as const, words: '' }));
const seconds = (time: number) => Math.round((time - T0) / 1_000);

describe('the scale of a timeline', () => {
  test('spans what happened and what comes, with a margin and few ticks', () => {
    const scale = timeScale(at(0, 60, 240), T0, atSecond(120));
    expect([seconds(scale.from), seconds(scale.to)]).toEqual([-10, 250]);
    expect(scale.ticks.length).toBeGreaterThan(1);
    expect(scale.ticks.length).toBeLessThanOrEqual(6);
    expect(scale.hasSeconds).toBe(false);
  });

  test('leaves what was long before, and what comes long after, to its sides', () => {
    const scale = timeScale(at(-86_400, 0, 86_400), T0, atSecond(120));
    expect([seconds(scale.from), seconds(scale.to)]).toEqual([-79, 439]);
    expect(position(scale, atSecond(-86_400))).toBe(0);
    expect(position(scale, atSecond(86_400))).toBe(100);
    expect(position(scale, (scale.from + scale.to) / 2)).toBe(50);
  });

  test('has a width when all is of one moment', () => {
    const { from, to, ticks, hasSeconds } = timeScale(at(0), T0, T0);
    expect(to).toBeGreaterThan(from);
    expect(ticks.length).toBeGreaterThan(0);
    expect(hasSeconds).toBe(true);
  });

  test('has ticks at round times for waits of any length', () => {
    for (const second of [5, 90, 1_000, 20_000, 400_000, 20_000_000]) {
      const { ticks, from, to } = timeScale(at(0, second), T0, atSecond(second));
      expect(ticks.length).toBeLessThanOrEqual(60);
      expect(ticks.every((tick) => tick >= from && tick <= to && tick % 1_000 === 0)).toBe(true);
    }
  });
});
