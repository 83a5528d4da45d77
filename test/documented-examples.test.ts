import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseCalendarText } from '../lambda/domain/calendar/parse-text.ts';
import { parseConditionText } from '../lambda/domain/condition/parse-text.ts';
import { parseRuleMessage } from '../lambda/domain/messages/parse.ts';
import { parseSettings } from '../lambda/domain/parse-settings.ts';
import { parsePolicy } from '../lambda/domain/policy/parse.ts';
import { policySchema } from '../lambda/domain/policy/schema.ts';
import { CONTACT_FIELDS } from '../lambda/domain/policy/warnings/contact-fields.ts';
import { DEFAULT_SETTINGS, settingsSchema } from '../lambda/domain/settings.ts';

const page = (file: string) => readFileSync(file, 'utf8');
const blocks = (file: string, language: string) =>
  [...page(file).matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );

const POLICIES = 'docs/policies.md';
const YAML = blocks(POLICIES, 'yaml').map((text) => ({ text, keys: Object.keys(parse(text)) }));
const having = (key: string) => YAML.filter(({ keys }) => keys.includes(key));

describe(POLICIES, () => {
  test('shows policies, a list of agents, a calendar, a condition and the settings', () => {
    const kinds = ['steps', 'target', 'agents', 'hours', 'until', 'updateRate'];
    expect(kinds.map((kind) => having(kind).length)).toEqual([3, 1, 2, 1, 1, 1]);
    expect(YAML).toHaveLength(8);
  });

  test.each([
    ...having('steps'),
    ...having('target'),
    ...blocks('README.md', 'yaml').map((text) => ({ text })),
  ])('has a valid policy: $text', ({ text }) => {
    expect(parsePolicy('p', text).problems).toEqual([]);
  });

  test.each(having('agents'))('has valid settings: $text', ({ text }) => {
    expect(parseSettings(text).problems).toEqual([]);
  });

  test('has a valid calendar and a valid condition', () => {
    const [calendar, condition] = [...having('hours'), ...having('until')];
    expect(parseCalendarText('c', calendar?.text ?? '').problems).toEqual([]);
    expect(parseConditionText('c', condition?.text ?? '').problems).toEqual([]);
  });

  test('lists every setting with its default', () => {
    const [{ text = '', keys = [] } = {}] = having('updateRate');
    expect(parseSettings(text).settings).toEqual(DEFAULT_SETTINGS);
    const { instances: _instances, ...withDefaults } = settingsSchema.members;
    expect(keys.toSorted()).toEqual(Object.keys(withDefaults).sort());
  });

  test('lists every field of a policy', () => {
    const [, table = ''] = page(POLICIES).split('## Fields\n');
    const listed = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `(\w+)` \|/gm)].map(
      ([, name = '']) => name,
    );
    expect(listed.toSorted()).toEqual(Object.keys(policySchema.members).sort());
  });

  test('shows every field of the contact view', () => {
    const [view = ''] = blocks(POLICIES, 'json');
    const shown = JSON.parse(view);
    expect(Object.keys(shown)).toEqual(Object.keys(CONTACT_FIELDS));
    expect({ below: Object.keys(shown.queue).sort() }).toEqual({
      below: [...(CONTACT_FIELDS.queue as { below: string[] }).below].sort(),
    });
  });
});

test.each(blocks('docs/messages.md', 'json'))('docs/messages.md has a valid message: %s', (text) => {
  const metadata = { messageId: 'm', sentAt: 0, instances: ['i'] };
  expect(() => parseRuleMessage(text, metadata)).not.toThrow();
});
