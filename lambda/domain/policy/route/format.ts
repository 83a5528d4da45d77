import { formatDuration } from '../../duration.ts';
import {
  type AttributeCondition,
  type ConditionExpression,
  type Expression,
  type RoutingCriteria,
  type RoutingCriteriaStep,
  sameCriteria,
} from '../../routing/criteria.ts';
import { routingCriteriaProblems } from '../../routing/criteria-problems.ts';
import { NEGATION_TYPOS } from './keywords.ts';
import { parseRoute } from './parse.ts';
import { KEYWORDS } from './tokenize.ts';

/** A word that a name or a value may contain without quotes, unless it is reserved. */
const PLAIN_WORD = /^\p{L}[\p{L}\p{M}\p{N}&+#/_'-]*$/u;

const RESERVED_WORDS: ReadonlySet<string> = new Set([...KEYWORDS, ...NEGATION_TYPOS, 'agents']);

/**
 * Writes routing criteria in the short form: the inverse of {@link parseRoute}.
 *
 * @returns strings that {@link parseRoute} reads as the same criteria; undefined where the short form cannot
 *   express them, such as an AND of one condition or an agent whose id is not a UUID.
 */
export function formatRoute(criteria: RoutingCriteria): string[] | undefined {
  if (routingCriteriaProblems(criteria).length > 0) return undefined;
  const texts = criteria.Steps.map(formatStep);
  return sameCriteria(parseRoute(texts, []).criteria, criteria) ? texts : undefined;
}

/**
 * Writes a step in the short form, for people. What the short form cannot express reads as it would be written there.
 *
 * @example 'Language:English >= 4 and Technology:Kinesis >= 2 for 30s'
 */
export function formatStep({ Expression, Expiry }: RoutingCriteriaStep): string {
  const expiry = Expiry ? ` for ${formatDuration(Expiry.DurationInSeconds)}` : '';
  return `${formatExpression(Expression)}${expiry}`;
}

function formatExpression(expression: Expression): string {
  if ('OrExpression' in expression) return expression.OrExpression.map(formatExpression).join(' or ');
  if ('AndExpression' in expression) return expression.AndExpression.map(formatExpression).join(' and ');
  return formatNegation(expression);
}

function formatNegation(expression: ConditionExpression): string {
  return 'NotAttributeCondition' in expression
    ? `not ${formatCondition(expression.NotAttributeCondition)}`
    : formatCondition(expression.AttributeCondition);
}

function formatCondition(condition: AttributeCondition): string {
  if (condition.ComparisonOperator === 'Match') {
    return `agents ${condition.MatchCriteria.AgentsCriteria.AgentIds.join(', ')}`;
  }
  const demand =
    condition.ComparisonOperator === 'Range'
      ? `${condition.Range.MinProficiencyLevel}..${condition.Range.MaxProficiencyLevel}`
      : `>= ${condition.ProficiencyLevel}`;
  return `${formatText(condition.Name)}:${formatText(condition.Value)} ${demand}`;
}

/** Omits the quotes around plain words. */
function formatText(text: string): string {
  const words = text.split(' ');
  return words.every((word) => PLAIN_WORD.test(word) && !RESERVED_WORDS.has(word.toLowerCase()))
    ? text
    : JSON.stringify(text);
}
