import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseContactEvent } from '../../../lambda/domain/contact/parse-event.ts';
import { contactEventRule, ruleEventRule } from '../../../lambda/domain/messages/event-rules.ts';
import { parseRuleMessage } from '../../../lambda/domain/messages/parse.ts';
import { matches } from '../../../lambda/domain/pattern/index.ts';
import { compiled } from '../pattern/compiled.ts';

const FOLDER = new URL('../../fixtures/events/', import.meta.url);
const INSTANCE = '12345678-1234-1234-1234-123456789012';
type Sample = { readonly source?: string; readonly detail?: Readonly<Record<string, unknown>> };
const sample = (file: string): Sample => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));

/** The sample with an instance that is served, under the name that the sample has for it. */
function ofInstance({ detail, ...envelope }: Sample): Sample {
  const name = Object.keys(detail ?? {}).find((key) => key.toLowerCase() === 'instancearn') as string;
  const arn = `arn:aws::connect:us-west-2:1:instance/${INSTANCE}`;
  return { source: 'aws.connect', ...envelope, detail: { ...detail, [name]: arn } };
}

const samples = readdirSync(FOLDER).filter((file) => {
  const keys = Object.keys(sample(file).detail ?? {}).map((key) => key.toLowerCase());
  return keys.includes('instancearn');
});

describe('a deployed rule delivers the events of its instances, whatever their casing', () => {
  const contactEvents = samples.filter((file) => file.includes('-contact-') && !file.includes('lens-'));
  test.each(contactEvents)('%s', (file) => {
    const event = ofInstance(sample(file));
    expect(matches(compiled(contactEventRule([INSTANCE])), event)).toBe(true);
    expect(matches(compiled(contactEventRule(['other'])), event)).toBe(false);
    expect(parseContactEvent(event).facts.instanceId).toBe(INSTANCE);
  });

  const ruleEvents = samples.filter((file) => file.includes('rules-matched'));
  test.each(ruleEvents)('%s', (file) => {
    const event = ofInstance(sample(file));
    expect(matches(compiled(ruleEventRule([INSTANCE])), event)).toBe(true);
    const { detail = {}, ...envelope } = event;
    const pascal = Object.entries(detail).map(([key, value]) => [
      `${key.charAt(0).toUpperCase()}${key.slice(1)}`,
      value,
    ]);
    const older = { ...envelope, detail: Object.fromEntries(pascal) };
    expect(matches(compiled(ruleEventRule([INSTANCE])), older)).toBe(true);
    const metadata = { messageId: 'm', sentAt: 0, instances: [INSTANCE] };
    expect(parseRuleMessage(JSON.stringify(older), metadata)).toEqual(
      parseRuleMessage(JSON.stringify(event), metadata),
    );
  });

  test('also under the detail type "Rule for Contact Lens Realtime Matched"', () => {
    const [file = ''] = ruleEvents;
    const event = { ...ofInstance(sample(file)), 'detail-type': 'Rule for Contact Lens Realtime Matched' };
    expect(matches(compiled(ruleEventRule([INSTANCE])), event)).toBe(true);
    const metadata = { messageId: 'm', sentAt: 0, instances: [INSTANCE] };
    expect(parseRuleMessage(JSON.stringify(event), metadata)).toHaveLength(1);
  });
});
