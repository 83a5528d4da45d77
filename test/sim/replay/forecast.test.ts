import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { forecast } from '../../../cli/explain/forecast.ts';
import { parseContactEvent } from '../../../lambda/domain/contact/parse-event.ts';
import { emptyRecord } from '../../../lambda/domain/contact/record.ts';
import { defined } from '../../../lambda/domain/json.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import type { RoutingUpdate } from '../../../lambda/domain/routing/routing.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import type { Escalation } from '../../../sim/replay/result.ts';
import { at, event, linesOf, replayed } from '../../cli/replay/fixture.ts';

const DIRECTORY = join(import.meta.dirname, '../../../policies');
const POLICIES = readdirSync(DIRECTORY).map((file) => {
  const name = file.replace('.yaml', '');
  const { policy, source } = {
    ...parsePolicy(name, readFileSync(join(DIRECTORY, file), 'utf8')),
    source: file,
  };
  if (!policy) throw new TypeError(`${source} is not valid`);
  return policy;
});

const WAIT_SECONDS = 1_500;

describe('the replay of a contact that waits alone', () => {
  test.each([
    { channel: 'VOICE', tags: { tier: 'gold' } },
    { channel: 'VOICE', tags: { language: 'es' } },
    { channel: 'VOICE', tags: { agentId: '11111111-aaaa-bbbb-cccc-222222222222' } },
    { channel: 'VOICE', tags: {} },
    { channel: 'CHAT', tags: {} },
    { channel: 'TASK', tags: {} },
  ])('makes the updates that explain predicts: $channel $tags', async ({ channel, tags }) => {
    const visit = { contactId: 'c', channel, queuedAt: 0.4 };
    const queued = event('QUEUED', 0.4, visit, { tags });
    const left = event('DISCONNECTED', WAIT_SECONDS, visit, { tags, disconnectTimestamp: at(WAIT_SECONDS) });
    const { facts } = parseContactEvent(queued);
    const queuedAt = Date.parse(at(0.4));
    // Events contain no attributes: the replay assumes that there are none.
    const attributes = { changedAt: 0, names: ['lang', 'segment'], values: {} };
    const predicted = forecast(
      { ...emptyRecord(facts), facts, attributes },
      {
        policies: createPolicySet(POLICIES),
        settings: DEFAULT_SETTINGS,
        region: 'eu-central-1',
        instances: [facts.instanceId],
      },
      queuedAt,
      Date.parse(at(WAIT_SECONDS)),
    );
    const sources = Object.fromEntries(
      readdirSync(DIRECTORY).map((file) => [file, readFileSync(join(DIRECTORY, file), 'utf8')]),
    );
    const { sets } = await replayed(linesOf(queued, left), { policies: sources });
    expect(predicted.moments.flatMap(({ calls }) => calls).length).toBeGreaterThan(1);
    expect(sets[0]?.escalations.map(({ madeAt, to }) => [madeAt, sentFor(to)])).toEqual(
      predicted.moments.flatMap(({ at: when, calls }) =>
        // From the event to its call it takes half a second; a wake-up is on time.
        calls.map((update) => [new Date(when === queuedAt ? when + 500 : when).toISOString(), update]),
      ),
    );
  });
});

function sentFor({ priority, ageSeconds, criteria }: Escalation['to']): RoutingUpdate {
  return {
    ...defined({
      QueuePriority: priority,
      QueueTimeAdjustmentSeconds: ageSeconds,
      RoutingCriteria: criteria,
    }),
  };
}
