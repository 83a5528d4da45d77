import { isObject } from '../../lambda/domain/json.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import type { AttributeCondition, Expression } from '../../lambda/domain/routing/criteria.ts';
import type { Path } from '../../lambda/domain/validation/problem.ts';

/** A thing of Connect that a text names: a queue by its id or name, an agent, an attribute with one of its values. */
export type Name =
  | { readonly kind: 'queue'; readonly id: string }
  | { readonly kind: 'queue-name'; readonly name: string }
  | { readonly kind: 'agent'; readonly id: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly value: string };

/** A name, with its place in the text. */
export interface Reference {
  readonly name: Name;
  readonly path: Path;
}

/**
 * What a policy names of Connect, with repeats.
 *
 * @param source - what its text holds.
 * @param policy - the policy that was made of it. Undefined where it is not valid: then its routes are left out.
 */
export function referencesOf(source: unknown, policy: Policy | undefined): Reference[] {
  if (!isObject(source)) return [];
  const steps = Array.isArray(source.steps) ? source.steps : [];
  return [
    ...queuesOf(source.match, ['match']),
    ...steps.flatMap((step, index) => (isObject(step) ? queuesOf(step.when, ['steps', index, 'when']) : [])),
    ...(policy?.steps ?? []).flatMap(({ sourceIndex, set, values = [] }) => {
      const source = isObject(steps[sourceIndex]) ? steps[sourceIndex].set : undefined;
      const isShort = isObject(source) && source.route !== undefined;
      const list = ['steps', sourceIndex, 'set', ...(isShort ? ['route'] : ['routingCriteria', 'Steps'])];
      // What a step names in which a string of the contact stands is known only with the contact.
      const isKnown = (index: number) => !values.some(({ path }) => path[1] === index);
      return (set.criteria?.Steps ?? []).flatMap(({ Expression }, index) =>
        (isKnown(index) ? conditionsOf(Expression) : [])
          .flatMap(namesOfCondition)
          .map((name) => ({ name, path: [...list, index] })),
      );
    }),
  ];
}

/** The queues whose ids, ARNs or names a pattern has as exact values. */
function queuesOf(pattern: unknown, path: Path): Reference[] {
  if (!isObject(pattern)) return [];
  const branches = Array.isArray(pattern.$or) ? pattern.$or : [];
  const queue = isObject(pattern.queue) ? pattern.queue : {};
  const texts = (key: string, nameOf: (text: string) => Name) =>
    (Array.isArray(queue[key]) ? queue[key] : []).flatMap((value: unknown, index): Reference[] =>
      typeof value === 'string' ? [{ name: nameOf(value), path: [...path, 'queue', key, index] }] : [],
    );
  const byId = (text: string): Name => ({ kind: 'queue', id: text.slice(text.lastIndexOf('/') + 1) });
  return [
    ...texts('id', byId),
    ...texts('arn', byId),
    ...texts('name', (name) => ({ kind: 'queue-name', name })),
    ...branches.flatMap((branch, index) => queuesOf(branch, [...path, '$or', index])),
  ];
}

function conditionsOf(expression: Expression): AttributeCondition[] {
  if ('AttributeCondition' in expression) return [expression.AttributeCondition];
  if ('NotAttributeCondition' in expression) return [expression.NotAttributeCondition];
  if ('AndExpression' in expression) return expression.AndExpression.flatMap(conditionsOf);
  return expression.OrExpression.flatMap(conditionsOf);
}

function namesOfCondition(condition: AttributeCondition): Name[] {
  if (condition.ComparisonOperator === 'Match') {
    return condition.MatchCriteria.AgentsCriteria.AgentIds.map((id) => ({ kind: 'agent', id }));
  }
  return [{ kind: 'attribute', name: condition.Name, value: condition.Value }];
}
