import type { Calendar } from '../calendar/calendar.ts';
import { durationSeconds } from '../duration.ts';
import { canonicalJson, defined } from '../json.ts';
import { compilePattern, fieldsUnder, type Pattern, withoutField } from '../pattern/index.ts';
import type { PolicyClock } from './clock.ts';
import type { CompiledSet } from './compiled-set.ts';
import { namesQueue } from './known-facts.ts';
import { type Policy, type Step, type Target, valuesIn } from './policy.ts';
import type { PolicySource, RoutingSetSource } from './schema.ts';
import { expandRamps } from './steps/expand-ramps.ts';
import { lastingCriteria } from './steps/lasting-criteria.ts';

/** The fields of a valid policy that have languages of their own, as they are understood. */
export interface PolicyFields {
  readonly match?: Pattern | undefined;
  readonly during?: Calendar | undefined;
  readonly clock: PolicyClock;
}

/** Compiles the `set` of a step. @param index - of the step in the source. */
export type SetCompiler = (set: RoutingSetSource, index: number) => CompiledSet;

/** Compiles a valid policy: nothing of it is checked. */
export function compilePolicy(
  name: string,
  source: PolicySource,
  { match, during, clock }: PolicyFields,
  compileSet: SetCompiler,
): Policy {
  const steps = compileSteps(source, compileSet);
  const patterns = [match, ...steps.map(({ condition }) => condition)];
  const attributeNames = [
    ...patterns.flatMap((pattern) => (pattern ? fieldsUnder(pattern, 'attributes') : [])),
    ...valuesIn(steps, 'attributes'),
  ];
  return {
    name,
    description: source.description,
    precedence: source.precedence ?? 100,
    mode: source.mode ?? 'enforce',
    rollout: source.rollout ?? 100,
    during,
    match,
    matchText: match && canonicalJson(source.match),
    matchWithoutAttributes: match && withoutField(match, 'attributes'),
    matchNeedsAttributes: match !== undefined && fieldsUnder(match, 'attributes').length > 0,
    attributeNames: [...new Set(attributeNames)].sort(),
    ...defined({ queueNameIn: queueNameIn(match, steps) }),
    clock,
    pausedCounts: source.paused === 'counts',
    ...defined({ target: targetOf(source) }),
    allowLower: source.allowLower ?? false,
    ...defined({
      skipUnstaffed: source.skipUnstaffed ? (true as const) : undefined,
      accept: source.accept && defined(source.accept),
    }),
    steps,
  };
}

function queueNameIn(match: Pattern | undefined, steps: readonly Step[]): Policy['queueNameIn'] {
  if (namesQueue(match)) return 'match';
  return steps.some(({ condition }) => namesQueue(condition)) ? 'steps' : undefined;
}

/** Compiles valid steps, and expands the ramps among them. */
export function compileSteps(policy: Pick<PolicySource, 'steps'>, compileSet: SetCompiler): Step[] {
  const { steps = [] } = policy;
  return expandRamps(policy).map(({ path, timing, seconds, priority, ageSeconds }): Step => {
    const sourceIndex = path[1] as number;
    const source = steps[sourceIndex];
    const { set, when } = source ?? {};
    const condition = when === undefined ? undefined : compilePattern(when).pattern;
    const step = {
      sourceIndex,
      timing,
      seconds,
      condition,
      conditionWithoutAttributes: condition && withoutField(condition, 'attributes'),
      ...(set ? compileSet(set, sourceIndex) : { set: defined({ priority, ageSeconds }) }),
    };
    return {
      ...step,
      ...defined({ lasting: lastingCriteria(defined(step), `${timing} ${seconds}`, source) }),
    };
  });
}

function targetOf({ target }: PolicySource): Target | undefined {
  return target === undefined || target === 'horizon' ? target : durationSeconds(target);
}
