import { isObject } from '../../lambda/domain/json.ts';
import { compilePattern, matches } from '../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';

/** What a pattern asks of one field, and what the contact has there. */
export interface FieldCondition {
  /** Keys joined with dots, such as `tags.tier`. */
  readonly field: string;
  /** The list of values and operators, as the pattern has it. */
  readonly wants: unknown;
  /** What the contact has; undefined: nothing. */
  readonly has: unknown;
  /** Undefined where it takes attributes to know, and they are not known. */
  readonly holds?: boolean;
}

/** Branches one of which must hold: `$or`. */
export interface EitherCondition {
  readonly either: readonly (readonly Condition[])[];
  readonly holds?: boolean;
}

export type Condition = FieldCondition | EitherCondition;

/**
 * The conditions of a valid pattern one by one, each decided by the matcher itself.
 *
 * @param source - the pattern, as it was written.
 * @param knowsAttributes - whether the attributes that it asks for are known.
 */
export function evaluateConditions(
  source: unknown,
  view: ContactView,
  knowsAttributes: boolean,
): Condition[] {
  return isObject(source) ? evaluateConditionsUnder(source, [], { view, knowsAttributes }) : [];
}

interface EvaluationContext {
  readonly view: ContactView;
  readonly knowsAttributes: boolean;
}

function evaluateConditionsUnder(
  source: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  asked: EvaluationContext,
): Condition[] {
  return Object.entries(source).flatMap(([key, value]): Condition[] => {
    if (key === '$or' && Array.isArray(value)) return [evaluateEither(value, keys, asked)];
    const inner = [...keys, key];
    return isObject(value)
      ? evaluateConditionsUnder(value, inner, asked)
      : [evaluateField(inner, value, asked)];
  });
}

function evaluateEither(
  branches: readonly unknown[],
  keys: readonly string[],
  asked: EvaluationContext,
): EitherCondition {
  const conditions = branches.map((branch) =>
    isObject(branch) ? evaluateConditionsUnder(branch, keys, asked) : [],
  );
  const held = conditions.map(allHold);
  return withHolds(
    { either: conditions },
    held.includes(true) || (held.includes(undefined) ? undefined : false),
  );
}

/** Whether all hold; undefined where that is not known. */
export function allHold(conditions: readonly Condition[]): boolean | undefined {
  const held = conditions.map(({ holds }) => holds);
  return held.includes(false) ? false : held.includes(undefined) ? undefined : true;
}

function evaluateField(
  keys: readonly string[],
  wants: unknown,
  { view, knowsAttributes }: EvaluationContext,
): FieldCondition {
  const { pattern } = compilePattern(keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), wants));
  const known = knowsAttributes || keys[0]?.split('.')[0] !== 'attributes';
  const condition = { field: keys.join('.'), wants, has: valueAt(view, keys) };
  return withHolds(condition, known ? pattern !== undefined && matches(pattern, view) : undefined);
}

/** What lies under a field's name; each number of its parts may be joined with dots in one key. */
function valueAt(node: unknown, keys: readonly string[]): unknown {
  const parts = keys.join('.').split('.');
  if (parts[0] === '') return node;
  if (!isObject(node)) return undefined;
  for (let length = parts.length; length > 0; length--) {
    const key = parts.slice(0, length).join('.');
    if (!Object.hasOwn(node, key)) continue;
    const found = length === parts.length ? node[key] : valueAt(node[key], parts.slice(length));
    if (found !== undefined) return found;
  }
  return undefined;
}

function withHolds<T extends object>(condition: T, holds: boolean | undefined): T & { holds?: boolean } {
  return holds === undefined ? condition : { ...condition, holds };
}
