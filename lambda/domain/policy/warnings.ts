import { canonicalJson } from '../json.ts';
import { nearest } from '../nearest.ts';
import { didYouMean, type Path } from '../problems.ts';
import { DEFAULT_ROUTING, isEmptyRouting, type Routing, routingChanges } from '../routing.ts';
import { type Settings, updateLimits } from '../settings.ts';
import { type Policy, policySet } from './policy.ts';

/** Something in valid policies that people most likely did not mean. */
export interface Warning {
  /** Stable, such as `never-governs`. */
  readonly code: string;
  readonly policy: string;
  /** Where in the policy; empty for the policy as a whole. */
  readonly path: Path;
  readonly message: string;
}

export interface WarningOptions {
  /** Contacts that arrive per second, over all queues; without it the load on the quota is not judged. */
  readonly arrivalsPerSecond?: number;
}

/** Everything that is worth a second look in a set of valid policies, policy by policy. */
export function policyWarnings(
  policies: readonly Policy[],
  settings: Settings,
  options: WarningOptions = {},
): Warning[] {
  const asked = policySet(policies).policies;
  return [
    ...asked.flatMap((policy, index) => neverGoverns(policy, asked.slice(0, index))),
    ...asked.flatMap((policy) => [
      ...unknownFields(policy),
      ...tooSoon(policy, settings),
      ...changesNothing(policy),
    ]),
    ...starvation(asked),
    ...load(asked, settings, options.arrivalsPerSecond),
  ];
}

/** The most calls that one contact governed by the policy can cost: one for each change, two where both kinds of urgency change. */
export function callsPerContact(policy: Policy): number {
  let inForce: Routing = DEFAULT_ROUTING;
  let calls = 0;
  for (const { set } of policy.steps) {
    if (isEmptyRouting(routingChanges(set, inForce))) continue;
    calls += 1;
    inForce = { ...inForce, ...set };
  }
  return policy.mode === 'enforce' ? calls : 0;
}

/** An earlier policy that takes everybody, or just the same contacts, leaves none. */
function neverGoverns(policy: Policy, earlier: readonly Policy[]): Warning[] {
  const taker = earlier.find(
    (other) =>
      other.rollout === 100 &&
      other.during === undefined &&
      (other.match === undefined || other.matchText === policy.matchText),
  );
  if (!taker) return [];
  const whom = taker.match === undefined ? 'every contact' : 'the same contacts';
  return [
    {
      code: 'never-governs',
      policy: policy.name,
      path: [],
      message: `It never governs: ${taker.name} is asked before it (precedence ${taker.precedence}) and takes ${whom}. Give it a lower precedence than ${taker.precedence}, or a narrower match to ${taker.name}.`,
    },
  ];
}

/** What a contact's view has: plain members, and objects with any names or with those given. */
const FIELDS: Readonly<Record<string, readonly string[] | 'plain' | 'any'>> = {
  instanceId: 'plain',
  contactId: 'plain',
  initialContactId: 'plain',
  previousContactId: 'plain',
  channel: 'plain',
  initiationMethod: 'plain',
  queue: ['id', 'arn', 'type'],
  tags: 'any',
  segmentAttributes: 'any',
  attributes: 'any',
  signals: 'plain',
  transfers: 'plain',
};

/** A pattern may ask for any field, but one that no contact has never holds. */
function unknownFields(policy: Policy): Warning[] {
  const patterns = [
    { pattern: policy.match, path: ['match'] as Path },
    ...policy.steps.map(({ condition, source }) => ({
      pattern: condition,
      path: ['steps', source, 'when'] as Path,
    })),
  ];
  const found = patterns.flatMap(({ pattern, path }) =>
    (pattern?.rules ?? []).flat().flatMap(({ name }) => {
      const [top = '', ...rest] = name.split('.');
      const below = Object.hasOwn(FIELDS, top) ? FIELDS[top] : undefined;
      const isKnown =
        below === 'plain'
          ? rest.length === 0
          : below === 'any'
            ? rest.length > 0
            : below?.includes(rest.join('.'));
      return isKnown ? [] : [{ name, path, top }];
    }),
  );
  return [...new Map(found.map((entry) => [entry.name, entry])).values()].map(({ name, path, top }) => {
    const meant = nearest(
      top,
      Object.keys(FIELDS).filter((field) => field !== top),
    );
    return {
      code: 'unknown-field',
      policy: policy.name,
      path,
      message: `No contact has ${JSON.stringify(name)}, so this never holds. Contacts have ${Object.keys(FIELDS).join(', ')}; what a flow tags them with is below tags.${didYouMean(meant)}`,
    };
  });
}

/** A change shows one routing lag after its call, so nothing can be in effect before. */
function tooSoon(policy: Policy, { routingLagSeconds }: Settings): Warning[] {
  return policy.steps.flatMap(({ when, seconds, source }) =>
    when === 'by' && seconds < routingLagSeconds
      ? [
          {
            code: 'sooner-than-lag',
            policy: policy.name,
            path: ['steps', source, 'by'],
            message: `It cannot be in effect by ${seconds} s: a change takes about ${routingLagSeconds} s to show in a queue. It is sent at once.`,
          },
        ]
      : [],
  );
}

function changesNothing(policy: Policy): Warning[] {
  const warnings: Warning[] = [];
  let wanted: Routing = {};
  for (const { set, source, condition } of policy.steps) {
    const setsUrgency = set.priority !== undefined || set.ageSeconds !== undefined;
    const { priority, ageSeconds, ...others } = wanted;
    const next: Routing = { ...(setsUrgency ? others : wanted), ...set };
    if (canonicalJson(next) === canonicalJson(wanted)) {
      warnings.push({
        code: 'changes-nothing',
        policy: policy.name,
        path: ['steps', source],
        message: 'It changes nothing: the step before it has set the same.',
      });
    }
    // A step that may be passed over says nothing about what the next one finds.
    if (!condition) wanted = next;
  }
  return warnings;
}

/** Contacts that some policy raises go before all others, for as long as they keep coming. */
function starvation(policies: readonly Policy[]): Warning[] {
  const enforced = policies.filter(({ mode }) => mode === 'enforce');
  const reached = enforced.map((policy) => ({ policy, priority: mostUrgent(policy) }));
  const best = Math.min(...reached.map(({ priority }) => priority), DEFAULT_ROUTING.priority);
  if (best >= DEFAULT_ROUTING.priority) return [];
  const raiser = reached.find(({ priority }) => priority === best)?.policy.name ?? '';
  const everybody = enforced.some(({ match, rollout, during }) => !match && rollout === 100 && !during);
  return [
    ...reached
      .filter(({ priority }) => priority > best)
      .map(({ policy, priority }) => ({
        code: 'may-starve',
        policy: policy.name,
        path: [],
        message: `Its contacts never become more urgent than priority ${priority}, while those of ${raiser} reach ${best}: as long as these keep coming, the others could wait for ever.`,
      })),
    ...(everybody
      ? []
      : [
          {
            code: 'may-starve',
            policy: raiser,
            path: [],
            message: `Contacts that no policy governs stay at priority ${DEFAULT_ROUTING.priority}, behind those that it raises to ${best}: they could wait for ever. A last policy without match can raise everybody in the end.`,
          },
        ]),
  ];
}

function mostUrgent(policy: Policy): number {
  const priorities = policy.steps.flatMap(({ set, condition }) => (condition ? [] : (set.priority ?? [])));
  return Math.min(DEFAULT_ROUTING.priority, ...priorities);
}

/** Whether the calls of all contacts, should they wait through every step, fit into the quota. */
function load(
  policies: readonly Policy[],
  settings: Settings,
  arrivalsPerSecond: number | undefined,
): Warning[] {
  if (arrivalsPerSecond === undefined) return [];
  const { ratePerSecond } = updateLimits(settings);
  return policies.flatMap((policy) => {
    const callsPerSecond = callsPerContact(policy) * arrivalsPerSecond * (policy.rollout / 100);
    return callsPerSecond <= ratePerSecond
      ? []
      : [
          {
            code: 'over-quota',
            policy: policy.name,
            path: [],
            message: `If every contact were its own and waited through all steps, it would cost ${callsPerSecond.toFixed(1)} calls a second, more than the ${ratePerSecond.toFixed(1)} that may be used. The least urgent changes would be late.`,
          },
        ];
  });
}
