import { isObject, sameJson } from '../json.ts';

/** Routing criteria as UpdateContactRoutingData takes them: 1-5 steps, tried in order. */
export interface RoutingCriteria {
  readonly Steps: RoutingCriteriaStep[];
}

/** The contact is offered only to agents that satisfy the expression, until the step expires. */
export interface RoutingCriteriaStep {
  readonly Expression: Expression;
  /** Whole seconds, at least 1. Only the last step may omit it: then it never expires. */
  readonly Expiry?: { readonly DurationInSeconds: number };
}

/** A single condition or its opposite. */
export type ConditionExpression =
  | { readonly AttributeCondition: AttributeCondition }
  | { readonly NotAttributeCondition: AttributeCondition };

/** A branch of an OR: a condition, or 1-8 conditions that must all hold. */
export type BranchExpression = ConditionExpression | { readonly AndExpression: ConditionExpression[] };

/** The expression of a step: a branch, or 1-3 branches of which one must hold. */
export type Expression = BranchExpression | { readonly OrExpression: BranchExpression[] };

/** A condition that an agent must meet. */
export type AttributeCondition = LevelCondition | RangeCondition | MatchCondition;

/** The agent has at least that proficiency. */
export interface LevelCondition {
  /** Name of a predefined attribute, 1-100 characters, such as `Language`. */
  readonly Name: string;
  /** One of its values, 1-128 characters, such as `English`. */
  readonly Value: string;
  readonly ComparisonOperator: 'NumberGreaterOrEqualTo';
  /** 1-5. */
  readonly ProficiencyLevel: number;
}

/** The agent's proficiency lies between two levels, both included. */
export interface RangeCondition {
  readonly Name: string;
  readonly Value: string;
  readonly ComparisonOperator: 'Range';
  readonly Range: { readonly MinProficiencyLevel: number; readonly MaxProficiencyLevel: number };
}

/** The agent is one of those named, whether or not they are signed in. */
export interface MatchCondition {
  readonly ComparisonOperator: 'Match';
  /** 1-10 user ids. */
  readonly MatchCriteria: { readonly AgentsCriteria: { readonly AgentIds: string[] } };
}

/** The members of which an expression has exactly one. */
export const EXPRESSION_KINDS = [
  'AttributeCondition',
  'NotAttributeCondition',
  'AndExpression',
  'OrExpression',
] as const;

/** The members that a condition has besides its operator. */
export const MEMBERS_OF_OPERATOR: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['NumberGreaterOrEqualTo', ['Name', 'Value', 'ProficiencyLevel']],
  ['Range', ['Name', 'Value', 'Range']],
  ['Match', ['MatchCriteria']],
]);
/** True when both route a contact in the same way: the order of keys and what Connect adds in its answers do not matter. */
export function sameCriteria(a: unknown, b: unknown): boolean {
  return a === b || sameJson(plainCriteria(a), plainCriteria(b));
}

/**
 * Criteria as DescribeContact answers them, reduced to what a request would carry: without Status,
 * ExpiryTimestamp, ActivationTimestamp, Index and whatever else an answer may add.
 *
 * @returns undefined where there are no steps.
 */
export function plainCriteria(value: unknown): RoutingCriteria | undefined {
  const criteria = plain(value);
  return isObject(criteria) && Array.isArray(criteria.Steps)
    ? (criteria as unknown as RoutingCriteria)
    : undefined;
}

const REQUEST_KEYS: ReadonlySet<string> = new Set([
  'Steps',
  'Expression',
  'Expiry',
  'DurationInSeconds',
  ...EXPRESSION_KINDS,
  'ComparisonOperator',
  ...[...MEMBERS_OF_OPERATOR.values()].flat(),
  'MinProficiencyLevel',
  'MaxProficiencyLevel',
  'AgentsCriteria',
  'AgentIds',
]);

function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const list = value.map(plain).filter((element) => element !== undefined);
    return list.length > 0 ? list : undefined;
  }
  if (!isObject(value)) return value ?? undefined;
  const entries = Object.entries(value)
    .filter(([key]) => REQUEST_KEYS.has(key))
    .map(([key, member]) => [key, plain(member)] as const)
    .filter(([, member]) => member !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
