import { canonicalJson } from '../../json.ts';
import { afterSet, DEFAULT_ROUTING, type Routing } from '../../routing/routing.ts';
import { expressionOf, MAX_EXPRESSION_LENGTH } from '../../routing/step-expression.ts';
import type { Settings } from '../../settings.ts';
import type { Step } from '../policy.ts';
import { criteriaTextWarnings } from './criteria-texts.ts';
import type { PartialPolicy } from './partial-policy.ts';
import type { Warning } from './warning.ts';

/** Returns the warnings about the steps of one policy. */
export function stepWarnings(policy: PartialPolicy, settings: Settings): Warning[] {
  return [
    ...tooSoonWarnings(policy, settings),
    ...neverRaisesWarnings(policy),
    ...noChangeWarnings(policy),
    ...replacedAtOnceWarnings(policy),
    ...needlessSkipWarnings(policy),
    ...longExpressionWarnings(policy),
    ...inventedAgentWarnings(policy),
    ...criteriaTextWarnings(policy),
  ];
}

/** A UUID of which each group repeats one character, as examples have them: Connect gives no agent such an id. */
const INVENTED_ID = /^(.)\1{7}-(.)\2{3}-(.)\3{3}-(.)\4{3}-(.)\5{11}$/;

/** Warns of agents whose ids were copied from an example: the contacts would wait for nobody. */
function inventedAgentWarnings({ name, steps }: PartialPolicy): Warning[] {
  const bySource = Map.groupBy(steps, ({ sourceIndex }) => sourceIndex);
  return [...bySource].flatMap(([sourceIndex, expanded]) => {
    const text = JSON.stringify(expanded.map(({ set }) => set.criteria));
    const id = (text.match(/"[^"]+"/g) ?? [])
      .map((one) => one.slice(1, -1))
      .find((one) => INVENTED_ID.test(one));
    if (id === undefined) return [];
    const message =
      `The agent id ${id} is invented, as in an example: contacts would be offered to nobody for that time. ` +
      'Write the id of an agent of your instance (the last part of the ARN of the user).';
    return [{ code: 'invented-agent', policy: name, path: ['steps', sourceIndex, 'set'], message }];
  });
}

/** Warns of `by` times within the routing lag: a change shows in a queue one routing lag after its call. */
function tooSoonWarnings({ name, steps }: PartialPolicy, { routingLagSeconds }: Settings): Warning[] {
  return steps.flatMap(({ timing, seconds, sourceIndex }) =>
    timing === 'by' && seconds < routingLagSeconds
      ? [
          {
            code: 'sooner-than-lag',
            policy: name,
            path: ['steps', sourceIndex, 'by'],
            message:
              `It cannot take effect by ${seconds} s: a change takes about ${routingLagSeconds} s ` +
              'to show in a queue. The change is sent at once.',
          },
        ]
      : [],
  );
}

/**
 * Warns of steps that are less urgent than a new contact: the ratchet ignores them. One warning per source
 * step.
 */
function neverRaisesWarnings({ name, steps, allowLower }: PartialPolicy): Warning[] {
  if (allowLower) return [];
  const reported = new Set<number>();
  return steps.flatMap(({ sourceIndex, set }) => {
    const { priority = DEFAULT_ROUTING.priority, ageSeconds = DEFAULT_ROUTING.ageSeconds } = set;
    const lowersPriority = priority > DEFAULT_ROUTING.priority;
    const lowersAge = ageSeconds < DEFAULT_ROUTING.ageSeconds;
    if (reported.has(sourceIndex) || !(lowersPriority || lowersAge)) return [];
    reported.add(sourceIndex);
    const found = lowersPriority ? `Priority ${priority}` : 'A negative age';
    const initial = lowersPriority
      ? `priority ${DEFAULT_ROUTING.priority}`
      : `age ${DEFAULT_ROUTING.ageSeconds}`;
    return [
      {
        code: 'changes-nothing',
        policy: name,
        path: ['steps', sourceIndex],
        message:
          `${found} changes nothing for a contact that has ${initial}, as a new contact does, ` +
          'because urgency only rises. If lowering is intended, set "allowLower: true" in the policy.',
      },
    ];
  });
}

/** The states that are followed where conditions may hold or not. Beyond them no step is called needless. */
const MAX_STATES = 100;

/**
 * Warns of steps that set the routing that the steps before them have set, whether or not the conditions of these hold.
 * One warning per source step, and for a ramp only if all of it changes nothing.
 */
function noChangeWarnings({ name, steps }: PartialPolicy): Warning[] {
  const seen = new Set<number>();
  const useful = new Set<number>();
  let states: readonly Routing[] = [{}];
  for (const { set, sourceIndex, condition } of steps) {
    const next = states.map((state) => afterSet(state, set));
    const isNeedless = states.every((state, index) => canonicalJson(state) === canonicalJson(next[index]));
    seen.add(sourceIndex);
    if (!isNeedless) useful.add(sourceIndex);
    const reached = condition ? [...states, ...next] : next;
    states = [...new Map(reached.map((state) => [canonicalJson(state), state])).values()];
    if (states.length > MAX_STATES) break;
  }
  return [...seen]
    .filter((index) => !useful.has(index))
    .map((sourceIndex) => ({
      code: 'changes-nothing',
      policy: name,
      path: ['steps', sourceIndex],
      message: 'It changes nothing: the steps before it set the same routing.',
    }));
}

/** Warns of steps that a later one of the same time is sure to replace whole: an age, too, replaces a priority. */
function replacedAtOnceWarnings({ name, steps }: PartialPolicy): Warning[] {
  return steps.flatMap((step, index) => {
    // Only the last step of a ramp can have the time of a later step, so that a ramp is not replaced whole.
    const isOfRamp = steps[index - 1]?.sourceIndex === step.sourceIndex;
    const later = steps.slice(index + 1).find((one) => isSameTime(step, one) && replaces(one, step));
    if (isOfRamp || !later) return [];
    const advice =
      (step.set.priority === undefined) === (later.set.priority === undefined)
        ? ''
        : ' Priority and age are two ways to set urgency, and Connect takes one in a call: set one of them later.';
    const message = `It changes nothing: steps[${later.sourceIndex}] is reached at the same time and replaces what it sets.${advice}`;
    return [{ code: 'changes-nothing', policy: name, path: ['steps', step.sourceIndex], message }];
  });
}

function isSameTime(a: Step, b: Step): boolean {
  return a.timing === b.timing && a.seconds === b.seconds;
}

/** Whether a step replaces, for every contact, all that an earlier one sets. */
function replaces({ set, condition, values = [] }: Step, earlier: Step): boolean {
  const setsUrgency = ({ set: { priority, ageSeconds } }: Pick<Step, 'set'>) =>
    priority !== undefined || ageSeconds !== undefined;
  const setsCriteria = set.criteria !== undefined && values.length === 0;
  return (
    condition === undefined &&
    (!setsUrgency(earlier) || setsUrgency({ set })) &&
    (earlier.set.criteria === undefined || setsCriteria)
  );
}

/** Warns of `skipUnstaffed` where no step sets criteria: there is nothing to leave out. */
function needlessSkipWarnings({ name, steps, skipUnstaffed }: PartialPolicy): Warning[] {
  if (!skipUnstaffed || steps.some(({ set }) => set.criteria !== undefined)) return [];
  return [
    {
      code: 'changes-nothing',
      policy: name,
      path: ['skipUnstaffed'],
      message: 'It changes nothing: no step of the policy sets a route or routingCriteria.',
    },
  ];
}

/** Warns of `skipUnstaffed` beside an expression that is too long to ask for. One warning per source step. */
function longExpressionWarnings({ name, steps, skipUnstaffed }: PartialPolicy): Warning[] {
  if (!skipUnstaffed) return [];
  const bySource = new Map(steps.map((step) => [step.sourceIndex, step]));
  return [...bySource].flatMap(([sourceIndex, { set }]) => {
    const long = set.criteria?.Steps.findIndex((step) => expressionOf(step) === undefined) ?? -1;
    if (long < 0) return [];
    const message =
      `Step ${long + 1} of the criteria has more than ${MAX_EXPRESSION_LENGTH} characters in the form of the API, so ` +
      'skipUnstaffed never leaves it out. Name fewer attributes or agents in it.';
    return [{ code: 'changes-nothing', policy: name, path: ['steps', sourceIndex, 'set'], message }];
  });
}
