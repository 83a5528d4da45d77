import { expect, test } from '@jest/globals';
import { sleep } from '../../cli/sleep.ts';

test('a wait ends after its time, and at once and without an error when its signal is aborted', async () => {
  await sleep(1);
  await sleep(3_600_000, AbortSignal.abort());
  const end = new AbortController();
  const waiting = sleep(3_600_000, end.signal);
  end.abort();
  await expect(waiting).resolves.toBeUndefined();
});
