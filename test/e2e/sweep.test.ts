import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetQueueAttributesCommand, PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { stableHash } from '../../lambda/domain/stable-hash.ts';
import { RESYNC_SWEEPS } from '../../lambda/flow/sweep.ts';
import { embeddedMetrics } from '../../local/metrics/embedded-metrics.ts';
import { advanceClock } from '../../local/time/clock.ts';
import { SWEEP_METRIC_COUNT } from '../../scripts/cost/idle-bill.ts';
import { startTestCentre, type TestCentre } from './fixture.ts';

const MINUTE_MS = 60_000;

let centre: TestCentre;

beforeAll(async () => {
  centre = await startTestCentre();
}, 240_000);

afterAll(() => centre.stop());

/** Deletes the delayed messages. Returns their number. */
async function loseDelayedMessages(): Promise<number> {
  const QueueUrl = centre.system.queues.wakeUps.url;
  const { Attributes } = await centre.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesDelayed'] }),
  );
  await centre.sqs.send(new PurgeQueueCommand({ QueueUrl }));
  return Number(Attributes?.ApproximateNumberOfMessagesDelayed);
}

/** The values of a metric that the sweep has published. */
function publishedValues(metric: string): number[] {
  const log = readFileSync(join(centre.logDirectory, 'sweep.log'), 'utf8');
  return [...log.matchAll(new RegExp(`"${metric}":(\\d+)`, 'g'))].map(([, value]) => Number(value));
}

/** An id with the given beginning that is not due for a resync soon: a resync would hide the loss. */
function idNotDueForResync(beginning: string): string {
  const laterSweep = Math.floor(Date.now() / MINUTE_MS) + Math.floor(RESYNC_SWEEPS / 2);
  const ids = Array.from({ length: 1_000 }, (_, index) => `${beginning}-${index}`);
  return ids.find((id) => stableHash(id) % RESYNC_SWEEPS === laterSweep % RESYNC_SWEEPS) ?? beginning;
}

test('the sweep recovers from a lost wake-up and a lost notification', async () => {
  const [woken, notified] = [idNotDueForResync('woken'), idNotDueForResync('notified')];
  await centre.putParameter(
    'policies/calls',
    'match: { channel: [VOICE] }\nsteps: [{ after: 30s, set: { priority: 1 } }]',
  );
  await centre.putParameter(
    'policies/chats',
    'match: { channel: [CHAT] }\nsteps: [{ after: 0s, set: { priority: 3 } }]',
  );
  // While paused, dispatch receives the notification and does nothing. No other notification follows.
  await centre.putParameter('settings', 'pause: true');
  centre.arrive(woken, 'VOICE');
  centre.arrive(notified, 'CHAT');
  await centre.system.idle();
  await centre.putParameter('settings', 'pause: false');
  await centre.system.idle();
  // The wake-up is lost, and so is the resync after the last change of a parameter.
  expect(await loseDelayedMessages()).toBeGreaterThanOrEqual(2);
  expect(centre.updates).toEqual([]);

  advanceClock(2 * MINUTE_MS);
  await centre.waitForUpdates(2);
  await centre.system.idle();
  expect(
    centre.updates.map(({ contactId, request }) => [contactId, request?.QueuePriority]).toSorted(),
  ).toEqual([
    [notified, 3],
    [woken, 1],
  ]);
  expect(publishedValues('OverdueWakeUps')).toContain(1);
  expect(Math.max(...publishedValues('OldestPendingAge'))).toBeGreaterThan(0);
  expect(Math.max(...publishedValues('WaitingContacts'))).toBe(2);
  // Nobody had called for the change that was due.
  expect(Math.max(...publishedValues('StuckSeconds'))).toBeGreaterThanOrEqual(60);
}, 240_000);

test('the bill counts each metric that a sweep publishes', () => {
  const log = readFileSync(join(centre.logDirectory, 'sweep.log'), 'utf8');
  const names = new Set(log.split('\n').flatMap((line) => embeddedMetrics(line).map(({ name }) => name)));
  expect([...names].toSorted()).toHaveLength(SWEEP_METRIC_COUNT);
});
