import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isoTime } from '../../../sim/centre/iso-time.ts';

test('formats times as Date does', () => {
  const DAY = 86_400_000;
  for (const at of [0, 1, 999, 1_000, DAY - 1, DAY, 951_782_400_000, -1, 253_402_300_800_000]) {
    expect(isoTime(at)).toBe(new Date(at).toISOString());
  }
  fc.assert(
    fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.nat(3 * DAY), (at, later) => {
      for (const time of [at, at, Math.min(8.64e15, at + later)])
        expect(isoTime(time)).toBe(new Date(time).toISOString());
    }),
  );
});
