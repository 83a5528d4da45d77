import { formatDuration } from '../../duration.ts';
import type {
  AttributeCondition,
  ConditionExpression,
  Expression,
  RoutingCriteriaStep,
} from '../../routing/criteria.ts';
import { NEGATION_TYPOS } from './keywords.ts';
import { KEYWORDS } from './tokenize.ts';

/** A word that a name or a value may have without quotes, unless it means something. */
const PLAIN_WORD = /^\p{L}[\p{L}\p{M}\p{N}&+#/_'-]*$/u;

const RESERVED_WORDS: ReadonlySet<string> = new Set([...KEYWORDS, ...NEGATION_TYPOS, 'agents']);

/** A step in the short form. Not every step can be said so: what it means is to be read back and compared. */
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

/** Quotes are always right; they are left out where nobody could misread the text without them. */
function formatText(text: string): string {
  const words = text.split(' ');
  return words.every((word) => PLAIN_WORD.test(word) && !RESERVED_WORDS.has(word.toLowerCase()))
    ? text
    : JSON.stringify(text);
}
