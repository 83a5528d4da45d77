import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readSources } from '../cli/sources/read.ts';
import type { Source } from '../cli/sources/source.ts';
import { validateSources } from '../cli/sources/validate.ts';
import { formatRouting } from '../cli/wording/routing-words.ts';
import { type HeldConditions, nextConditions } from '../lambda/domain/condition/held-conditions.ts';
import { parseConditionText } from '../lambda/domain/condition/parse-text.ts';
import type { ContactFacts } from '../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../lambda/domain/contact/record.ts';
import { formatDuration } from '../lambda/domain/duration.ts';
import { createPolicySet } from '../lambda/domain/policy/policy-set.ts';
import { withQueueState } from '../lambda/domain/queue/queue-state.ts';
import { type PlanContext, plan } from '../lambda/domain/reconcile/plan.ts';
import { context, QUEUE_ARN, queuedContact } from './support/contacts.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGE = readFileSync(join(ROOT, 'docs/cookbook.md'), 'utf8');
const MAX_LINES = 12;

/** How long each contact waits. */
const WAIT_MS = 1_800_000;

/** What waits, and from when on. */
function waiting(time: string, facts: Partial<ContactFacts> = {}): ContactRecord {
  const enqueuedAt = Date.parse(time);
  return queuedContact({
    queue: { arn: QUEUE_ARN, type: 'STANDARD', enqueuedAt },
    firstEnqueuedAt: enqueuedAt,
    ...facts,
  });
}
const tags = (value: Record<string, string>) => ({ tags: { at: 0, value } });
const NO_ATTRIBUTES = { changedAt: 0, names: ['lang'], values: {} };
const AGENT = '11111111-aaaa-bbbb-cccc-222222222222';
const MONDAY = '2026-11-23T10:00:00+01:00';

/** The contact while the condition on its queue holds. */
function inLongQueue(contact: ContactRecord): ContactRecord {
  const since = contact.facts?.queue?.enqueuedAt ?? 0;
  const conditions = { 'more-than-fifty': { since, until: since + WAIT_MS * 2 } };
  return withQueueState(contact, QUEUE_ARN, { signals: {}, conditions }, since);
}

/** The contacts whose timelines the page shows, by policy. */
const WISHES: Record<string, Record<string, ContactRecord>> = {
  'vip-chat': {
    'A VIP chat on Monday at 10:00': waiting(MONDAY, { channel: 'CHAT', ...tags({ tier: 'vip' }) }),
    'A VIP chat on Sunday at 10:00': waiting('2026-11-22T10:00:00+01:00', {
      channel: 'CHAT',
      ...tags({ tier: 'vip' }),
    }),
  },
  'email-in-four-hours': {
    'An e-mail on Friday at 16:50, due on Monday at 11:50': waiting('2026-11-20T16:50:00+01:00', {
      channel: 'EMAIL',
    }),
    'An e-mail on Monday at 10:00, due at 14:00': waiting(MONDAY, { channel: 'EMAIL' }),
  },
  'gold-next-week': { 'A gold caller': waiting(MONDAY, tags({ tier: 'gold' })) },
  'mortgage-trial': {
    'A mortgage caller among the fifth': waiting(MONDAY, {
      initialContactId: 'c-8',
      ...tags({ product: 'mortgage' }),
    }),
    'Another mortgage caller': waiting(MONDAY, {
      initialContactId: 'c-1',
      ...tags({ product: 'mortgage' }),
    }),
  },
  'preferred-agent': {
    'A client whose agent is known': waiting(MONDAY, tags({ agentId: AGENT })),
    'A client whose tag holds a name': waiting(MONDAY, tags({ agentId: 'ann' })),
  },
  'language-from-attribute': {
    'A caller with the attribute French': {
      ...waiting(MONDAY),
      attributes: { ...NO_ATTRIBUTES, values: { lang: 'French' } },
    },
  },
  overflow: {
    'A caller while fifty others wait': inLongQueue(waiting(MONDAY)),
  },
  'called-twice': { 'A caller who called twice before': { ...waiting(MONDAY), recentContacts: 2 } },
  'after-transfer': {
    'A caller who was first queued 12 minutes before this queue': {
      ...waiting(MONDAY),
      chain: { firstEnqueuedAt: Date.parse(MONDAY) - 720_000, transfers: 1 },
    },
  },
  everybody: { 'Any other caller': waiting(MONDAY) },
};

let sources: Source[];
let given: PlanContext;

beforeAll(async () => {
  sources = await readSources(['cookbook'], { cwd: ROOT, err: () => {} });
  const { policies, settings, findings } = validateSources(sources);
  // A copy of the list of agents needs ids of its own.
  expect(findings.map(({ code }) => code)).toEqual(['invented-agent']);
  given = { ...context({}, settings), policies: createPolicySet(policies) };
});

/** The changes of a contact as it waits, once its attributes are known: the rows of a table. */
function changes(waits: ContactRecord): string[] {
  const contact = { attributes: NO_ATTRIBUTES, ...waits };
  const start = contact.facts?.queue?.enqueuedAt ?? 0;
  const rows: string[] = [];
  let before = '{}';
  for (let now: number | undefined = start; now !== undefined && now <= start + WAIT_MS; ) {
    const { policy, desired, shadows, wakeAt } = plan(contact, given, now);
    const text = JSON.stringify(desired);
    const waited = formatDuration((now - start) / 1_000);
    if (text !== before) rows.push(`| ${waited} | ${formatRouting(desired)} | \`${policy}\` |`);
    if (now === start) {
      for (const shadow of shadows?.policies ?? []) {
        rows.push(
          `| ${waited} | would have ${formatRouting(shadow.desired)} | \`${shadow.policy}\` observes |`,
        );
      }
    }
    before = text;
    now = wakeAt;
  }
  return rows;
}

const policySources = () => sources.filter(({ kind }) => kind === 'policy');

test('each policy of the cookbook is a wish, of few lines', () => {
  expect(policySources().map(({ name }) => name)).toEqual(Object.keys(WISHES).sort());
  const lines = policySources().map(({ text }) => text.trimEnd().split('\n').length);
  expect(Math.max(...lines)).toBeLessThanOrEqual(MAX_LINES);
});

test('the condition of the overflow begins and ends with a gap', () => {
  const source = sources.find(({ kind }) => kind === 'condition');
  const { condition } = parseConditionText(source?.name ?? '', source?.text ?? '');
  if (!condition) throw new TypeError(source?.text);
  let held: HeldConditions = {};
  const course = [50, 51, 30, 29].map((waiting) => {
    held = nextConditions(held, [{ condition, load: { waiting, oldestSeconds: 0 } }], Date.parse(MONDAY));
    return Object.keys(held);
  });
  expect(course).toEqual([[], ['more-than-fifty'], ['more-than-fifty'], []]);
});

test('the page has each file of the cookbook', () => {
  const missing = sources.filter(({ text }) => !PAGE.includes(`\`\`\`yaml\n${text}\`\`\``));
  expect(missing.map(({ file }) => file)).toEqual([]);
});

describe.each(Object.entries(WISHES))('the page says what %s does', (name, contacts) => {
  test.each(Object.entries(contacts))('with: %s', (who, contact) => {
    const rows = changes(contact);
    const timeline = `${who}:\n\n| Waited | Has | By |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
    const section = PAGE.slice(PAGE.indexOf(readFileSync(join(ROOT, 'cookbook', `${name}.yaml`), 'utf8')));
    expect(section.split('\n## ')[0]).toContain(timeline);
  });
});
