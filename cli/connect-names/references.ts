import { isObject } from '../../lambda/domain/json.ts';
import { compilePattern } from '../../lambda/domain/pattern/index.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import type { AttributeCondition, Expression } from '../../lambda/domain/routing/criteria.ts';
import type { Path } from '../../lambda/domain/validation/problem.ts';

/** A thing of Connect that a text names: a queue by its id or name, an agent, an attribute with one of its values. */
export type Name =
  | { readonly kind: 'queue'; readonly id: string }
  | { readonly kind: 'queue-name'; readonly name: string }
  /** By its name or id. */
  | { readonly kind: 'queue-name-or-id'; readonly text: string }
  | { readonly kind: 'agent'; readonly id: string }
  | { readonly kind: 'attribute'; readonly name: string; readonly value: string };

/** A name, with its place in the text. */
export interface Reference {
  readonly name: Name;
  readonly path: Path;
}

/**
 * What a policy names of Connect, with repeats. The users of the lists that its routes name are named in the settings.
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
          .filter((name) => name.kind !== 'agent' || !isShort || isWritten(name.id, source.route, index))
          .map((name) => ({ name, path: [...list, index] })),
      );
    }),
  ];
}

/** The queues that a condition names. @param source - what its text holds. */
export function queuesOfCondition(source: unknown): Reference[] {
  if (!isObject(source) || !Array.isArray(source.queues)) return [];
  return source.queues.flatMap((queue: unknown, index): Reference[] => {
    if (typeof queue !== 'string') return [];
    const name = queue.startsWith('arn:')
      ? queueById(queue)
      : { kind: 'queue-name-or-id' as const, text: queue };
    return [{ name, path: ['queues', index] }];
  });
}

/** The users that the lists of the settings name. @param source - what the text of the settings holds. */
export function agentsOfLists(source: unknown): Reference[] {
  if (!isObject(source) || !isObject(source.agents)) return [];
  return Object.entries(source.agents).flatMap(([list, ids]) =>
    (Array.isArray(ids) ? ids : []).flatMap((id: unknown, index): Reference[] =>
      typeof id === 'string' ? [{ name: { kind: 'agent', id }, path: ['agents', list, index] }] : [],
    ),
  );
}

/** Whether the id of a user stands in a step of a route itself, not only in a list that the step names. */
function isWritten(id: string, route: unknown, index: number): boolean {
  const text: unknown = Array.isArray(route) ? route[index] : undefined;
  return typeof text === 'string' && text.includes(id);
}

const NAMES_OF_FIELDS: Readonly<Record<string, (text: string) => Name>> = {
  'queue.id': queueById,
  'queue.arn': queueById,
  'queue.name': (name) => ({ kind: 'queue-name', name }),
};

/** The queues whose ids, ARNs or names a pattern has as exact values. */
function queuesOf(source: unknown, path: Path): Reference[] {
  const fields = source === undefined ? [] : (compilePattern(source).pattern?.rules.flat() ?? []);
  // A field stands in several rules where a part of the pattern has alternatives.
  const byPlace = new Map(fields.map((field) => [JSON.stringify(field.path), field]));
  return [...byPlace.values()].flatMap(({ name, path: place, values }) => {
    const nameOf = Object.hasOwn(NAMES_OF_FIELDS, name) ? NAMES_OF_FIELDS[name] : undefined;
    return values.flatMap((value, index): Reference[] =>
      nameOf && typeof value === 'string' ? [{ name: nameOf(value), path: [...path, ...place, index] }] : [],
    );
  });
}

function queueById(text: string): Name {
  return { kind: 'queue', id: text.slice(text.lastIndexOf('/') + 1) };
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
