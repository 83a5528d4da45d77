import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseContactEvent } from '../../../lambda/domain/contact/parse-event.ts';
import {
  CONTACT_EVENT_TYPES,
  contactEventRule,
  parameterChangeRule,
  ruleEventRule,
} from '../../../lambda/domain/messages/event-rules.ts';
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

describe('the rule for contact events', () => {
  const event = (eventType: string, other: object = {}) => ({
    source: 'aws.connect',
    'detail-type': 'Amazon Connect Contact Event',
    ...other,
    detail: { eventType, instanceArn: `arn:aws:connect:eu-central-1:1:instance/${INSTANCE}` },
  });
  const isTaken = (given: object) => matches(compiled(contactEventRule([INSTANCE])), given);

  test.each([
    'QUEUED',
    'CONNECTED_TO_AGENT',
    'DISCONNECTED',
    'COMPLETED',
    'CONTACT_DATA_UPDATED',
    'PAUSED',
    'RESUMED',
  ])('takes %s', (eventType) => {
    expect(isTaken(event(eventType))).toBe(true);
  });

  test('takes nothing else', () => {
    expect(isTaken(event('INITIATED'))).toBe(false);
    expect(isTaken(event('QUEUED', { source: 'somebody' }))).toBe(false);
    expect(isTaken(event('QUEUED', { 'detail-type': 'Another Event' }))).toBe(false);
  });
});

test('the rule for contact events takes those that change what is named, and others in both spellings', () => {
  const { detail } = contactEventRule([INSTANCE], ['segmentAttributes']);
  const others = CONTACT_EVENT_TYPES.filter((type) => type !== 'CONTACT_DATA_UPDATED');
  expect(detail.$or?.[0]).toMatchObject({
    $or: [
      { eventType: others },
      {
        eventType: ['CONTACT_DATA_UPDATED'],
        updatedProperties: [{ prefix: 'SegmentAttributes' }, { exists: false }],
      },
      { EventType: [...CONTACT_EVENT_TYPES] },
    ],
  });
});

describe('the rule for contact events of a centre whose policies name tags and attributes alone', () => {
  const rule = compiled(contactEventRule([INSTANCE], ['tags', 'attributes']));
  const event = (detail: object) => ({
    source: 'aws.connect',
    'detail-type': 'Amazon Connect Contact Event',
    detail: { instanceArn: `arn:aws:connect:eu-central-1:1:instance/${INSTANCE}`, ...detail },
  });
  const updated = (updatedProperties?: string[]) =>
    event({ eventType: 'CONTACT_DATA_UPDATED', ...(updatedProperties && { updatedProperties }) });

  test.each([
    [['Tags'], true],
    [['UserDefinedAttributes.tier'], true],
    [['RoutingCriteria', 'Tags'], true],
    [['RoutingCriteria'], false],
    [['SegmentAttributes'], false],
    // What an event does not say may be anything.
    [undefined, true],
  ])('takes an update of %j: %s', (updatedProperties, expected) => {
    expect(matches(rule, updated(updatedProperties))).toBe(expected);
  });

  test.each(CONTACT_EVENT_TYPES.filter((type) => type !== 'CONTACT_DATA_UPDATED'))(
    'takes %s',
    (eventType) => {
      expect(matches(rule, event({ eventType }))).toBe(true);
    },
  );

  test('takes no update where they name nothing', () => {
    const none = compiled(contactEventRule([INSTANCE], []));
    expect(matches(none, updated())).toBe(false);
    expect(matches(none, updated(['Tags']))).toBe(false);
    expect(matches(none, event({ eventType: 'QUEUED' }))).toBe(true);
  });
});

test('the rule for rule events takes nothing of other sources', () => {
  const event = {
    source: 'aws.connect',
    'detail-type': 'Metrics Rules Matched',
    detail: { instanceArn: `arn:aws:connect:eu-central-1:1:instance/${INSTANCE}` },
  };
  const isTaken = (given: object) => matches(compiled(ruleEventRule([INSTANCE])), given);
  expect(isTaken(event)).toBe(true);
  expect(isTaken({ ...event, source: 'somebody' })).toBe(false);
  expect(isTaken({ ...event, 'detail-type': 'Metrics' })).toBe(false);
  expect(
    isTaken({ ...event, detail: { instanceArn: 'arn:aws:connect:eu-central-1:1:instance/other' } }),
  ).toBe(false);
});

describe('the rule for parameters', () => {
  const isTaken = (name: string, operation = 'Update', other: object = {}) =>
    matches(compiled(parameterChangeRule('/p')), {
      source: 'aws.ssm',
      'detail-type': 'Parameter Store Change',
      ...other,
      detail: { name, operation },
    });

  test.each(['/p/policies/a', '/p/calendars/a', '/p/conditions/a', '/p/settings', '/p/pause', '/p/PAUSE/x'])(
    'takes a change of %s',
    (name) => {
      for (const operation of ['Create', 'Update', 'Delete']) expect(isTaken(name, operation)).toBe(true);
    },
  );

  test.each(['/q/policies/a', '/p/settings/a', '/p/password', '/policies/a', '/pause'])(
    'takes none of %s',
    (name) => {
      expect(isTaken(name)).toBe(false);
    },
  );

  test('takes no other event', () => {
    expect(isTaken('/p/pause', 'LabelParameterVersion')).toBe(false);
    expect(isTaken('/p/pause', 'Update', { source: 'somebody' })).toBe(false);
    expect(isTaken('/p/pause', 'Update', { 'detail-type': 'Another Event' })).toBe(false);
  });
});
