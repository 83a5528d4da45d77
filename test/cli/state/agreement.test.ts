import { expect, test } from '@jest/globals';
import { queueLines } from '../../../cli/state/queue-line.ts';
import { waitingContact } from '../../../cli/state/waiting-contact.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { AGENTS, STREAMS } from '../../sim/escalation/contact-centre.ts';
import { examplePolicies, type Observation, runFlow } from '../../sim/escalation/experiments.ts';

const POLICIES = examplePolicies();

/** How often what is shown of a queue agrees with the centre. */
interface Tally {
  looks: number;
  /** The one who is answered next is the one that is shown first. */
  first: number;
  /** All who wait are shown in their order. */
  order: number;
  /** Looks at which the same contacts are shown in another order although Connect has confirmed the routing of each. */
  unexplained: number;
}

function count(tally: Tally, { now, centre, table }: Observation, routingLagSeconds: number): void {
  const context = {
    policies: POLICIES,
    settings: { ...DEFAULT_SETTINGS, routingLagSeconds },
    region: 'eu-central-1',
    instances: ['i-1'],
  };
  const { contacts } = table.queued(Number.POSITIVE_INFINITY);
  const shown = table.loadMany(contacts).flatMap(({ record }) => waitingContact(record, context, now) ?? []);
  const lines = queueLines(shown, new Map(), new Map(), now);
  for (const { id, contactIds } of centre.overview(now).queues) {
    if (contactIds.length === 0) continue;
    const line = lines.find((one) => one.id === id)?.contacts ?? [];
    const ids = line.map(({ contactId }) => contactId);
    const isSame = JSON.stringify(ids) === JSON.stringify(contactIds);
    const hasSame = JSON.stringify(ids.toSorted()) === JSON.stringify(contactIds.toSorted());
    tally.looks += 1;
    if (ids[0] === contactIds[0]) tally.first += 1;
    if (isSame) tally.order += 1;
    if (!isSame && hasSame && line.every(({ certainty }) => certainty === 'known')) tally.unexplained += 1;
  }
}

test('the order shown is that in which the centre answers, but for what no record can know yet', async () => {
  const [tally, withoutLag] = [1, 2].map((): Tally => ({ looks: 0, first: 0, order: 0, unexplained: 0 }));
  if (!tally || !withoutLag) throw new TypeError();
  const experiment = {
    configuration: { policies: POLICIES, settings: DEFAULT_SETTINGS },
    agents: AGENTS,
    streams: STREAMS,
    minutes: 40,
  };
  let looks = 0;
  await runFlow(experiment, (seen) => {
    // Every tenth second, and the last part of the run is empty.
    if (looks++ % 10 !== 0) return;
    count(tally, seen, DEFAULT_SETTINGS.routingLagSeconds);
    count(withoutLag, seen, 0);
  });
  expect(tally.looks).toBeGreaterThan(300);
  // Events are on their way for a second, and the flow's own priority is not known until Connect was asked.
  expect(tally.first / tally.looks).toBeGreaterThan(0.985);
  expect(tally.order / tally.looks).toBeGreaterThan(0.97);
  expect(tally.unexplained / tally.looks).toBeLessThan(0.01);
  // The routing lag matters: an order by what Connect has accepted is wrong more often.
  expect(withoutLag.unexplained).toBeGreaterThan(10 * tally.unexplained + 10);
});
