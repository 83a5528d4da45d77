import type { Calendars } from '../../../lambda/domain/calendar/calendar.ts';
import { policyInForce } from '../../../lambda/domain/configuration/build.ts';
import type { NamedPart } from '../../../lambda/domain/configuration/compiled.ts';
import { isObject } from '../../../lambda/domain/json.ts';
import type { Step } from '../../../lambda/domain/policy/policy.ts';
import type { AttributeCondition, Expression } from '../../../lambda/domain/routing/criteria.ts';

/** A queue, an agent, or an attribute with one of its values, that a policy names. */
export type Reference =
  | { readonly kind: 'queue'; readonly id: string }
  | { readonly kind: 'agent'; readonly id: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly value: string };

/** What a policy in force names of Connect, with repeats. */
export function referencesOf(
  part: Pick<NamedPart, 'name' | 'source' | 'agents'>,
  calendars: Calendars,
): Reference[] {
  const { source } = part;
  if (!isObject(source)) return [];
  const steps = Array.isArray(source.steps) ? source.steps.filter(isObject) : [];
  const patterns = [source.match, ...steps.map(({ when }) => when)];
  const { policy } = policyInForce(part, calendars);
  const criteria = policy?.steps.flatMap(writtenSteps) ?? [];
  return [
    ...patterns.flatMap(queuesOf),
    ...criteria.flatMap(({ Expression }) => conditionsOf(Expression)).flatMap(referencesOfCondition),
  ];
}

/** The steps of criteria, without those in which a string of the contact stands: it is known only then. */
function writtenSteps({ set, values = [] }: Step) {
  return (set.criteria?.Steps ?? []).filter((_, index) => !values.some(({ path }) => path[1] === index));
}

/** The queues whose ids or ARNs a pattern has as exact values. */
function queuesOf(pattern: unknown): Reference[] {
  if (!isObject(pattern)) return [];
  const branches = Array.isArray(pattern.$or) ? pattern.$or : [];
  const queue = isObject(pattern.queue) ? pattern.queue : {};
  const texts = [queue.id, queue.arn].flat().filter((value) => typeof value === 'string');
  return [
    ...texts.map((text): Reference => ({ kind: 'queue', id: text.slice(text.lastIndexOf('/') + 1) })),
    ...branches.flatMap(queuesOf),
  ];
}

function conditionsOf(expression: Expression): AttributeCondition[] {
  if ('AttributeCondition' in expression) return [expression.AttributeCondition];
  if ('NotAttributeCondition' in expression) return [expression.NotAttributeCondition];
  if ('AndExpression' in expression) return expression.AndExpression.flatMap(conditionsOf);
  return expression.OrExpression.flatMap(conditionsOf);
}

function referencesOfCondition(condition: AttributeCondition): Reference[] {
  if (condition.ComparisonOperator === 'Match') {
    return condition.MatchCriteria.AgentsCriteria.AgentIds.map((id) => ({ kind: 'agent', id }));
  }
  return [{ kind: 'attribute', name: condition.Name, value: condition.Value }];
}
