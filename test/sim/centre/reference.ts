import type { Expression, RoutingCriteria } from '../../../lambda/domain/routing/criteria.ts';
import type { Routing, RoutingUpdate } from '../../../lambda/domain/routing/routing.ts';
import type { AgentSpec, Arrival } from '../../../sim/centre/index.ts';

/** The inputs of a contact, which determine its routing at any time. */
export interface ReferenceContact {
  readonly source: Arrival;
  readonly enqueuedAt: number;
  readonly order: number;
  readonly updates: { readonly at: number; readonly change: RoutingUpdate }[];
}

/** The routing of a contact by definition: changes take effect `lagMs` after they were made. */
function routingAt(
  { source, updates }: ReferenceContact,
  now: number,
  lagMs: number,
): Required<Omit<Routing, 'criteria'>> {
  let { priority = 5, ageSeconds = 0 } = source.routing ?? {};
  for (const { at, change } of updates.filter((update) => update.at + lagMs <= now)) {
    priority = change.QueuePriority ?? priority;
    ageSeconds = change.QueueTimeAdjustmentSeconds ?? ageSeconds;
    if (at > now) throw new RangeError('An update of the future has no effect.');
  }
  return { priority, ageSeconds };
}

/** The expression that applies at a moment: that of the first step that has not expired. */
function expressionAt(
  { source, enqueuedAt, updates }: ReferenceContact,
  now: number,
  lagMs: number,
): Expression | undefined {
  let [criteria, since]: [RoutingCriteria | undefined, number] = [source.routing?.criteria, enqueuedAt];
  for (const { at, change } of updates) {
    if (change.RoutingCriteria && at + lagMs <= now) [criteria, since] = [change.RoutingCriteria, at + lagMs];
  }
  let endsAt = since;
  return criteria?.Steps.find(({ Expiry }) => {
    endsAt += Expiry ? Expiry.DurationInSeconds * 1_000 : Number.POSITIVE_INFINITY;
    return now < endsAt;
  })?.Expression;
}

export function isAtWork({ shifts }: AgentSpec, now: number): boolean {
  return shifts === undefined || [...shifts].some(({ from, to }) => from <= now && now < to);
}

export function isEligible(agent: AgentSpec, contact: ReferenceContact, now: number, lagMs: number): boolean {
  const servedQueue = agent.queues.find(({ queueId }) => queueId === contact.source.queueId);
  if (!servedQueue || !agent.channels.includes(contact.source.channel) || !isAtWork(agent, now)) return false;
  if (now - contact.enqueuedAt < (servedQueue.delaySeconds ?? 0) * 1_000) return false;
  const expression = expressionAt(contact, now, lagMs);
  return expression === undefined || meets(agent, expression);
}

/** True when the agent is offered `a` before `b`. */
export function goesBefore(
  agent: AgentSpec,
  a: ReferenceContact,
  b: ReferenceContact,
  now: number,
  lagMs: number,
): boolean {
  const key = (contact: ReferenceContact) => {
    const { priority, ageSeconds } = routingAt(contact, now, lagMs);
    const profile = agent.queues.find(({ queueId }) => queueId === contact.source.queueId)?.priority ?? 0;
    // In milliseconds: fractions of seconds would round equal ages to different ones.
    return [profile, priority, contact.enqueuedAt - now - ageSeconds * 1_000, contact.order];
  };
  const [keyOfA, keyOfB] = [key(a), key(b)];
  const differs = keyOfA.findIndex((part, index) => part !== keyOfB[index]);
  return (keyOfA[differs] ?? 0) < (keyOfB[differs] ?? 0);
}

/** Evaluates the expressions that the properties use: levels of English, agents by id, AND, OR and NOT. */
function meets(agent: AgentSpec, expression: Expression): boolean {
  if ('AndExpression' in expression) return !expression.AndExpression.some((part) => !meets(agent, part));
  if ('OrExpression' in expression)
    return expression.OrExpression.filter((part) => meets(agent, part)).length > 0;
  if ('NotAttributeCondition' in expression)
    return !meets(agent, { AttributeCondition: expression.NotAttributeCondition });
  const condition = expression.AttributeCondition;
  if ('MatchCriteria' in condition) return condition.MatchCriteria.AgentsCriteria.AgentIds.includes(agent.id);
  const level = agent.proficiencies?.[condition.Name]?.[condition.Value] ?? Number.NaN;
  return 'Range' in condition
    ? condition.Range.MinProficiencyLevel <= level && level <= condition.Range.MaxProficiencyLevel
    : condition.ProficiencyLevel <= level;
}
