import { canonicalJson } from '../../lambda/domain/json.ts';
import type { AttributeCondition, Expression } from '../../lambda/domain/routing/criteria.ts';

/** The properties of an agent that routing criteria refer to. */
interface AgentSkills {
  readonly id: string;
  readonly proficiencies?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** True when the agent may be offered a contact while that expression is the active step of its criteria. */
export function satisfies(expression: Expression, agent: AgentSkills): boolean {
  if ('OrExpression' in expression) return expression.OrExpression.some((branch) => satisfies(branch, agent));
  if ('AndExpression' in expression) return expression.AndExpression.every((part) => satisfies(part, agent));
  if ('NotAttributeCondition' in expression) return !conditionHolds(expression.NotAttributeCondition, agent);
  return conditionHolds(expression.AttributeCondition, agent);
}

/** True when the expression refers to agents by id. */
export function namesAgents(expression: Expression): boolean {
  if ('OrExpression' in expression) return expression.OrExpression.some(namesAgents);
  if ('AndExpression' in expression) return expression.AndExpression.some(namesAgents);
  const condition =
    'AttributeCondition' in expression ? expression.AttributeCondition : expression.NotAttributeCondition;
  return condition.ComparisonOperator === 'Match';
}

const expressionKeys = new WeakMap<Expression, string>();

/** Equal for equal expressions. */
export function expressionKey(expression: Expression): string {
  const key = expressionKeys.get(expression) ?? canonicalJson(expression);
  expressionKeys.set(expression, key);
  return key;
}

function conditionHolds(condition: AttributeCondition, agent: AgentSkills): boolean {
  if (condition.ComparisonOperator === 'Match') {
    return condition.MatchCriteria.AgentsCriteria.AgentIds.includes(agent.id);
  }
  const level = ownValue(ownValue(agent.proficiencies, condition.Name), condition.Value);
  if (level === undefined) return false;
  if (condition.ComparisonOperator === 'NumberGreaterOrEqualTo') return level >= condition.ProficiencyLevel;
  return level >= condition.Range.MinProficiencyLevel && level <= condition.Range.MaxProficiencyLevel;
}

function ownValue<T>(holder: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return holder && Object.hasOwn(holder, name) ? holder[name] : undefined;
}
