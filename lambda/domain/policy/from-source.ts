import type { AgentLists } from '../agent-lists.ts';
import type { Calendars } from '../calendar/calendar.ts';
import { defined, isObject } from '../json.ts';
import { compilePattern, isOfEmptyPattern } from '../pattern/index.ts';
import { DEFAULT_SETTINGS, type Settings } from '../settings.ts';
import { parameterNameProblems } from '../validation/parameter-name-problem.ts';
import type { Problem } from '../validation/problem.ts';
import { schemaProblems } from '../validation/schema-problems.ts';
import { parseClock } from './clock.ts';
import { compilePolicy, compileSteps } from './compile-policy.ts';
import { draftProblems } from './free-places.ts';
import { namedCalendar } from './named-calendar.ts';
import type { Policy } from './policy.ts';
import { compileSet } from './routing-set.ts';
import { type PolicySource, policySchema, type RoutingSetSource } from './schema.ts';
import { validateSteps } from './steps/validate.ts';
import { type PartialPolicy, zonesWrittenIn } from './warnings/partial-policy.ts';

/** A valid policy, or all problems. */
export type PolicyResult<P extends Problem> =
  | { readonly policy: Policy; readonly problems: readonly [] }
  | {
      readonly policy?: undefined;
      readonly problems: readonly P[];
      /** The valid parts, for warnings; undefined if the policy is off. */
      readonly partial?: PartialPolicy;
    };

const NO_CALENDARS: Calendars = new Map();

/**
 * Checks and compiles a policy that was read from JSON or YAML. Never throws; reports every problem at once, each with
 * its path alone.
 *
 * @param name - the last part of the parameter's name: lower-case letters, digits and hyphens.
 * @param value - what the text holds.
 * @param settings - the settings in force: the routing lag decides when a step with `by` is reached.
 * @param calendars - those that the policy may name.
 */
export function policyFromSource(
  name: string,
  value: unknown,
  settings: Settings = DEFAULT_SETTINGS,
  calendars: Calendars = NO_CALENDARS,
): PolicyResult<Problem> {
  const draft = draftProblems(value);
  if (draft.length > 0) return { problems: draft };
  const parts = compileParts(value, calendars);
  const problems = [
    ...parameterNameProblems('policy', name),
    ...schemaProblems(policySchema, value),
    ...parts.problems,
    ...validateSteps(value, settings),
  ];
  if (problems.length > 0)
    return { problems, ...partialPolicyOf(name, value, problems, parts, settings.agents) };
  return {
    policy: compilePolicy(name, value as PolicySource, parts, setWith(settings.agents)),
    problems: [],
  };
}

/**
 * Compiles a policy that was valid when it was compiled before, by this code or another. Its steps are not checked
 * again: that is most of the cost, and depends on the settings of that time.
 *
 * @param calendars - those that the policy may name.
 * @param agents - the lists of agents that it names, as they were then.
 */
export function policyFromValidSource(
  name: string,
  value: unknown,
  calendars: Calendars = NO_CALENDARS,
  agents?: AgentLists,
): Omit<PolicyResult<Problem>, 'partial'> {
  const parts = compileParts(value, calendars);
  const problems = [...schemaProblems(policySchema, value), ...parts.problems];
  if (problems.length > 0) return { problems };
  return { policy: compilePolicy(name, value as PolicySource, parts, setWith(agents)), problems: [] };
}

/** The fields that have languages of their own. */
function compileParts(value: unknown, calendars: Calendars) {
  const match = compileMatch(value);
  const { during: hours, clock: time } = isObject(value) ? value : {};
  const during = hours === undefined ? { problems: [] } : namedCalendar(hours, ['during'], calendars);
  const clock = parseClock(time, ['clock'], calendars);
  return {
    match: match.pattern,
    during: during.calendar,
    clock: clock.clock,
    problems: [...match.problems, ...during.problems, ...clock.problems],
  };
}

function partialPolicyOf(
  name: string,
  value: unknown,
  problems: readonly Problem[],
  parts: ReturnType<typeof compileParts>,
  agents: AgentLists | undefined,
): { partial?: PartialPolicy } {
  if (!isObject(value) || value.mode === 'off') return {};
  const steps: readonly unknown[] = Array.isArray(value.steps) ? value.steps : [];
  const invalidSteps = problems.flatMap(({ path: [top, index] }) =>
    top === 'steps' ? [Number(index ?? 0)] : [],
  );
  const validSteps = steps.slice(0, Math.min(steps.length, ...invalidSteps)) as PolicySource['steps'];
  const patterns = [
    { source: value.match, path: ['match'] },
    ...steps.map((step, index) => ({
      source: isObject(step) ? step.when : undefined,
      path: ['steps', index, 'when'],
    })),
  ].flatMap(({ source, path }) => {
    const { pattern } = source === undefined ? {} : compilePattern(source);
    return pattern ? [{ pattern, path }] : [];
  });
  // An invalid value may have been intended as true.
  const allowLower = value.allowLower !== undefined && value.allowLower !== false;
  const accept = Object.fromEntries(
    Object.entries(isObject(value.accept) ? value.accept : {}).filter(([, reason]) => isReason(reason)),
  );
  const rollout = typeof value.rollout === 'number' ? value.rollout : undefined;
  return {
    partial: {
      name,
      allowLower,
      accept,
      ...defined({ rollout }),
      zones: zonesWrittenIn(parts.during, parts.clock.calendar),
      patterns,
      steps: compileSteps({ steps: validSteps }, setWith(agents)),
    },
  };
}

function isReason(reason: unknown): boolean {
  return typeof reason === 'string' && reason.trim() !== '';
}

/** Compiles the `set` of a step, whose route may name lists of agents. */
function setWith(agents: AgentLists | undefined) {
  return (set: RoutingSetSource) => compileSet(set, defined({ agents }));
}

function compileMatch(value: unknown) {
  const source = isObject(value) ? value.match : undefined;
  if (source === undefined) return { problems: [] };
  const { pattern, problems } = compilePattern(source);
  const hint = ' A policy without match governs every contact.';
  return {
    pattern,
    problems: problems.map((problem) => ({
      ...problem,
      path: ['match', ...problem.path],
      message: isOfEmptyPattern(problem) ? problem.message + hint : problem.message,
    })),
  };
}
