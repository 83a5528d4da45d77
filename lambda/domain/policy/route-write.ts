import { formatDuration } from '../duration.ts';
import type {
  AttributeCondition,
  ConditionExpression,
  Expression,
  RoutingCriteriaStep,
} from '../routing-criteria.ts';
import { MEANS_NOT } from './route-keyword.ts';
import { KEYWORDS } from './route-token.ts';

/** A word that a name or a value may have without quotes, unless it means something. */
const PLAIN = /^\p{L}[\p{L}\p{M}\p{N}&+#/_'-]*$/u;

const MEANING: ReadonlySet<string> = new Set([...KEYWORDS, ...MEANS_NOT, 'agents']);

/** A step in the short form. Not every step can be said so: what it means is to be read back and compared. */
export function writeStep({ Expression, Expiry }: RoutingCriteriaStep): string {
  const expiry = Expiry ? ` for ${formatDuration(Expiry.DurationInSeconds)}` : '';
  return `${writeExpression(Expression)}${expiry}`;
}

function writeExpression(expression: Expression): string {
  if ('OrExpression' in expression) return expression.OrExpression.map(writeExpression).join(' or ');
  if ('AndExpression' in expression) return expression.AndExpression.map(writeExpression).join(' and ');
  return writeNot(expression);
}

function writeNot(expression: ConditionExpression): string {
  return 'NotAttributeCondition' in expression
    ? `not ${writeCondition(expression.NotAttributeCondition)}`
    : writeCondition(expression.AttributeCondition);
}

function writeCondition(condition: AttributeCondition): string {
  if (condition.ComparisonOperator === 'Match') {
    return `agents ${condition.MatchCriteria.AgentsCriteria.AgentIds.join(', ')}`;
  }
  const demand =
    condition.ComparisonOperator === 'Range'
      ? `${condition.Range.MinProficiencyLevel}..${condition.Range.MaxProficiencyLevel}`
      : `>= ${condition.ProficiencyLevel}`;
  return `${writeText(condition.Name)}:${writeText(condition.Value)} ${demand}`;
}

/** Quotes are always right; they are left out where nobody could misread the text without them. */
function writeText(text: string): string {
  const words = text.split(' ');
  return words.every((word) => PLAIN.test(word) && !MEANING.has(word.toLowerCase()))
    ? text
    : JSON.stringify(text);
}
