import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../lambda/domain/contact/record.ts';
import { parsePolicy } from '../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../lambda/domain/policy/policy-set.ts';
import { policyWarnings } from '../lambda/domain/policy/warnings/index.ts';
import { plan } from '../lambda/domain/reconcile/plan.ts';
import type { Routing } from '../lambda/domain/routing/routing.ts';
import { DEFAULT_SETTINGS } from '../lambda/domain/settings.ts';
import { formatProblem } from '../lambda/domain/validation/problem.ts';
import { context, queuedContact, T0 } from './support/contacts.ts';

const ROOT = join(import.meta.dirname, '..');
const FILES = globSync('policies/*.yaml', { cwd: ROOT }).sort();
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const POLICIES = FILES.map((file) => {
  const { policy, problems } = parsePolicy(basename(file, '.yaml'), text(file));
  if (!policy) throw new TypeError(problems.map(formatProblem).join('\n'));
  return policy;
});
const CONTEXT = { ...context({}), policies: createPolicySet(POLICIES) };

const tagged = (tags: Record<string, string>) => queuedContact({ tags: { at: T0, value: tags } });
const withAttributes = (record: ContactRecord, values: Record<string, string> = {}): ContactRecord => ({
  ...record,
  attributes: { changedAt: 0, names: CONTEXT.policies.attributeNames, values },
});
const withSignal = (name: string) => ({ ...queuedContact(), signals: { [name]: { at: T0 } } });
const chatAt = (time: string): ContactRecord => {
  const enqueuedAt = Date.parse(time);
  return queuedContact({
    channel: 'CHAT',
    queue: { arn: 'arn:q', enqueuedAt },
    firstEnqueuedAt: enqueuedAt,
  } as Partial<ContactFacts>);
};

/**
 * Returns the desired routing of a waiting contact over time: from which second, by which policy, and what.
 */
function timeline(contact: ContactRecord): [seconds: number, policy: string, desired: Routing][] {
  const enqueuedAt = contact.facts?.queue?.enqueuedAt ?? 0;
  const entries: [number, string, Routing][] = [];
  for (let now: number | undefined = enqueuedAt; now !== undefined && now <= enqueuedAt + 1_200_000; ) {
    const planned = plan(contact, CONTEXT, now);
    const entry: [number, string, Routing] = [
      (now - enqueuedAt) / 1_000,
      planned.policy ?? '-',
      planned.desired,
    ];
    const before = entries.at(-1);
    if (JSON.stringify(before?.slice(1)) !== JSON.stringify(entry.slice(1))) entries.push(entry);
    now = planned.wakeAt;
  }
  return entries;
}

const spanish = (level: number, seconds: number) => ({
  Expression: {
    AttributeCondition: {
      Name: 'Language',
      Value: 'Spanish',
      ComparisonOperator: 'NumberGreaterOrEqualTo' as const,
      ProficiencyLevel: level,
    },
  },
  Expiry: { DurationInSeconds: seconds },
});
const agents = {
  Steps: [
    {
      Expression: {
        AttributeCondition: {
          ComparisonOperator: 'Match' as const,
          MatchCriteria: { AgentsCriteria: { AgentIds: ['11111111-aaaa-bbbb-cccc-222222222222'] } },
        },
      },
      Expiry: { DurationInSeconds: 60 },
    },
  ],
};
const spanishFirst = { Steps: [spanish(4, 45), spanish(1, 120)] };
const ages = (policy: string, from: number, every: number, add: number, upTo: number) =>
  Array.from({ length: upTo / add }, (_, index): [number, string, Routing] => [
    from + index * every,
    policy,
    { ageSeconds: add * (index + 1) },
  ]);

const TIMELINES: Record<string, { contact: ContactRecord; expected: [number, string, Routing][] }> = {
  'gold-callers': {
    contact: tagged({ tier: 'gold' }),
    expected: [
      [0, 'gold-callers', { priority: 3 }],
      [120, 'gold-callers', { priority: 1 }],
    ],
  },
  'angry-customer': {
    contact: withSignal('rule:angry customer'),
    expected: [
      [0, 'angry-customer', { priority: 2 }],
      [240, 'angry-customer', { priority: 1 }],
    ],
  },
  'private-banking': {
    contact: withAttributes(queuedContact(), { segment: 'private-wealth' }),
    expected: [
      [0, 'private-banking', {}],
      [45, 'private-banking', { priority: 3 }],
      [120, 'private-banking', { priority: 1 }],
    ],
  },
  'repeat-caller': {
    contact: withAttributes(withSignal('repeat-caller')),
    expected: [
      [0, 'repeat-caller', { ageSeconds: 300 }],
      [300, 'repeat-caller', { priority: 1 }],
    ],
  },
  'spanish-speakers': {
    contact: withAttributes(tagged({ language: 'es' })),
    expected: [
      [0, 'spanish-speakers', { criteria: spanishFirst }],
      [360, 'spanish-speakers', { criteria: spanishFirst, priority: 1 }],
    ],
  },
  'preferred-agent': {
    contact: withAttributes(tagged({ accountManager: 'ann' })),
    expected: [
      [0, 'preferred-agent', { criteria: agents }],
      [360, 'preferred-agent', { criteria: agents, priority: 1 }],
    ],
  },
  'chat-deadline': {
    contact: chatAt('2026-11-23T10:00:00Z'),
    expected: [
      [0, 'chat-deadline', {}],
      [60, 'chat-deadline', { priority: 2 }],
      [300, 'chat-deadline', { priority: 1 }],
    ],
  },
  overflow: {
    contact: withAttributes(withSignal('rule:queue too long')),
    expected: [...ages('overflow', 0, 60, 120, 600), [480, 'overflow', { priority: 1 }]],
  },
  'linear-ageing-default': {
    contact: withAttributes(queuedContact()),
    expected: [
      [0, 'linear-ageing-default', {}],
      ...ages('linear-ageing-default', 90, 60, 30, 300),
      [900, 'linear-ageing-default', { priority: 1 }],
    ],
  },
};

describe('the example policies', () => {
  test('each has a timeline', () => {
    expect(Object.keys(TIMELINES).sort()).toEqual(POLICIES.map(({ name }) => name).sort());
  });

  test.each(Object.entries(TIMELINES))('%s', (_name, { contact, expected }) => {
    expect(timeline(contact)).toEqual(expected);
  });

  test('outside its hours the last policy governs a chat; when the hours begin, the deadline applies', () => {
    expect(timeline(chatAt('2026-11-23T05:55:00Z'))).toEqual([
      [0, 'linear-ageing-default', {}],
      ...ages('linear-ageing-default', 90, 60, 30, 120).filter(([seconds]) => seconds < 300),
      [300, 'chat-deadline', { priority: 1 }],
    ]);
  });

  test('the set of all policies has no warnings, except of the agent that the example invents', () => {
    const warnings = policyWarnings(POLICIES, DEFAULT_SETTINGS, { arrivalsPerSecond: 1 });
    expect(warnings.map(({ code, policy }) => [code, policy])).toEqual([
      ['invented-agent', 'preferred-agent'],
    ]);
  });

  test('the deploy section of the README pushes one small policy, and not all examples', () => {
    const deploy = text('README.md').split('## Deploy')[1]?.split('\n## ')[0] ?? '';
    expect(deploy).toContain('cp policies/gold-callers.yaml my-policies/');
    expect(deploy.match(/escalator push .*/g)).toEqual(['escalator push my-policies']);
  });

  test('no page pushes all examples', () => {
    const pushes = /escalator push policies(?! --dry-run)/;
    expect(['README.md', 'docs/cookbook.md'].filter((page) => pushes.test(text(page)))).toEqual([]);
  });

  test.each(FILES)('docs/cookbook.md contains %s', (file) => {
    expect(text('docs/cookbook.md')).toContain(`\`\`\`yaml\n${text(file)}\`\`\``);
  });
});
