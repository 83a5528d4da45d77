import { isObject } from '../../lambda/domain/json.ts';
import { compilePattern, matches } from '../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { isQueueName, type KnownFacts } from '../../lambda/domain/policy/known-facts.ts';

/** What a pattern expects of a field, and what the contact has. */
export interface FieldCondition {
  /** Keys joined with dots, such as `tags.tier`. */
  readonly field: string;
  /** The list of values and operators in the pattern. */
  readonly expected: unknown;
  /** The value of the contact. Undefined if it has none. */
  readonly actual: unknown;
  /** Undefined if it depends on what is not known. */
  readonly holds?: boolean;
}

/** An `$or`: the conditions of at least one branch must hold. */
export interface EitherCondition {
  readonly either: readonly (readonly Condition[])[];
  /** Undefined if it depends on what is not known. */
  readonly holds?: boolean;
}

export type Condition = FieldCondition | EitherCondition;

interface EvaluationContext {
  readonly view: ContactView;
  readonly known: KnownFacts;
}

/**
 * Splits a valid pattern into conditions, and evaluates each with the pattern matcher.
 *
 * @param source - the pattern as it is written in the policy.
 * @param known - whether the attributes in the pattern, and the name of the queue, are known.
 */
export function evaluateConditions(source: unknown, view: ContactView, known: KnownFacts): Condition[] {
  return isObject(source) ? evaluateConditionsUnder(source, [], { view, known }) : [];
}

function evaluateConditionsUnder(
  source: Readonly<Record<string, unknown>>,
  parents: readonly string[],
  context: EvaluationContext,
): Condition[] {
  return Object.entries(source).flatMap(([key, value]): Condition[] => {
    if (key === '$or' && Array.isArray(value)) return [evaluateEither(value, parents, context)];
    const keys = [...parents, key];
    return isObject(value)
      ? evaluateConditionsUnder(value, keys, context)
      : [evaluateField(keys, value, context)];
  });
}

function evaluateEither(
  branches: readonly unknown[],
  parents: readonly string[],
  context: EvaluationContext,
): EitherCondition {
  const either = branches.map((branch) =>
    isObject(branch) ? evaluateConditionsUnder(branch, parents, context) : [],
  );
  const results = either.map(allHold);
  const holds = results.includes(true) || (results.includes(undefined) ? undefined : false);
  return { either, holds };
}

/** Whether all conditions hold. Undefined if that is not known. */
export function allHold(conditions: readonly Condition[]): boolean | undefined {
  const results = conditions.map(({ holds }) => holds);
  return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
}

function evaluateField(
  keys: readonly string[],
  expected: unknown,
  { view, known }: EvaluationContext,
): FieldCondition {
  const { pattern } = compilePattern(keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), expected));
  const field = keys.join('.');
  const isKnown = isQueueName(field)
    ? known.queueName
    : known.attributes || field.split('.')[0] !== 'attributes';
  const holds = isKnown ? pattern !== undefined && matches(pattern, view) : undefined;
  return { field, expected, actual: valueAt(view, keys), holds };
}

/** The value of a field. Keys may contain dots, so that a key spans several parts of the field name. */
function valueAt(node: unknown, keys: readonly string[]): unknown {
  const parts = keys.join('.').split('.');
  if (parts[0] === '') return node;
  if (!isObject(node)) return undefined;
  for (let length = parts.length; length > 0; length--) {
    const key = parts.slice(0, length).join('.');
    if (!Object.hasOwn(node, key)) continue;
    const value = length === parts.length ? node[key] : valueAt(node[key], parts.slice(length));
    if (value !== undefined) return value;
  }
  return undefined;
}
