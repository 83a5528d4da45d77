import { describe, expect, test } from '@jest/globals';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { findResource, nameOf, synthesizeWith } from './synthesize.ts';

const withBus = () => synthesizeWith((stack) => ({ eventBus: new EventBus(stack, 'Bus') }));

test.each(['EscalatorContactEvents', 'EscalatorRuleMessagesRuleEvents'])(
  'the rule %s is on the bus to which the events of Connect are forwarded',
  (rule) => {
    expect(nameOf(findResource(withBus().template, rule).Properties.EventBusName)).toBe('Bus');
  },
);

test('a forwarded event matches, whichever account and Region it passed through', () => {
  for (const rule of ['EscalatorContactEvents', 'EscalatorRuleMessagesRuleEvents']) {
    const { EventPattern } = findResource(withBus().template, rule).Properties;
    // A forwarded event keeps its source, and its instance is that of the detail.
    expect(Object.keys(EventPattern).sort()).toEqual(['detail', 'detail-type', 'source']);
    expect(EventPattern.source).toEqual(['aws.connect']);
  }
});

test.each([
  ['ContactEventsUndelivered', 'EscalatorContactEvents'],
  ['RuleEventsUndelivered', 'EscalatorRuleMessagesRuleEvents'],
])('the alarm %s watches the rule on that bus', (alarm, rule) => {
  const { Dimensions } = findResource(withBus().template, `EscalatorAlarms${alarm}`).Properties;
  const [bus, name] = Dimensions;
  expect([bus.Name, nameOf(bus.Value)]).toEqual(['EventBusName', 'Bus']);
  // The reference to a rule on a bus of its own is `<bus>|<name>`.
  const [index, split] = name.Value['Fn::Select'];
  const [separator, reference] = split['Fn::Split'];
  expect([name.Name, index, separator, nameOf(reference)]).toEqual(['RuleName', 1, '|', rule]);
});

test('changes of policies are on the default bus, where Systems Manager sends them', () => {
  const { EventBusName } = findResource(
    withBus().template,
    'EscalatorPolicyChangesParameterChanges',
  ).Properties;
  expect(EventBusName).toBeUndefined();
});

describe('a bus where no rule of this stack can be is rejected:', () => {
  test.each([
    ['eu-central-1:999999999999', 'eventBus is in account 999999999999, but the stack is in 123456789012.'],
    ['us-east-1:123456789012', 'eventBus is in Region us-east-1, but the stack is in eu-central-1.'],
  ])('%s', (place, problem) => {
    const arn = `arn:aws:events:${place}:event-bus/central`;
    expect(() =>
      synthesizeWith((stack) => ({ eventBus: EventBus.fromEventBusArn(stack, 'Bus', arn) })),
    ).toThrow(problem);
  });
});
