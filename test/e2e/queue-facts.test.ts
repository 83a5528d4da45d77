import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { advanceClock } from '../../local/time/clock.ts';
import { startTestCentre, type TestCentre } from './fixture.ts';

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
}, 240_000);

afterAll(() => centre.stop());

const requests = () =>
  centre.updates.map(({ contactId, request }) => [
    contactId,
    request?.QueuePriority,
    request?.RoutingCriteria?.Steps?.length,
  ]);

test('Connect is asked how a queue is called and who is staffed, once for those who come together', async () => {
  await centre.putParameter(
    'policies/named',
    [
      'match: { queue: { name: [q] } }',
      'skipUnstaffed: true',
      'steps: [{ after: 0s, set: { priority: 2, route: ["Language:French >= 3 for 45s"] } }]',
    ].join('\n'),
  );
  centre.arrive('first');
  await centre.system.idle();
  // The contact is looked at as soon as the name is sure to be seen.
  expect(requests()).toEqual([]);
  advanceClock(6_000);
  await centre.waitForUpdates(1);
  await centre.system.idle();
  expect(requests()[0]?.[0]).toBe('first');
  advanceClock(6_000);
  await centre.system.idle();

  // Nobody is staffed in this centre: the next contact does not wait for French.
  const before = centre.updates.length;
  centre.arrive('second');
  await centre.waitForUpdates(before + 1);
  await centre.system.idle();
  expect(requests().slice(before)).toEqual([['second', 2, undefined]]);
});
