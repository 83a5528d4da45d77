import { fieldsUnder, type Pattern } from '../pattern/index.ts';
import type { Routing } from '../routing/routing.ts';
import type { During } from './hours/hours.ts';
import { buildPolicyIndex, type PolicyIndex } from './index/policy-index.ts';

/** `enforce` calls Connect, `observe` decides and records only, `off` governs nobody. */
export type PolicyMode = 'enforce' | 'observe' | 'off';

/** What waiting is measured from: this queue, the first queue of the transfer chain, or the contact's start. */
export type PolicyClock = 'enqueued' | 'firstEnqueued' | 'initiated';

/** A step of a policy. */
export interface Step {
  /** Index of the step of the source that it stands for: a ramp unfolds into several. */
  readonly sourceIndex: number;
  /** `after`: reached at that wait. `by`: in effect at that wait, so reached one routing lag earlier. */
  readonly timing: 'after' | 'by';
  readonly seconds: number;
  /** What must hold of the contact, too; while it does not, the step is passed over. */
  readonly condition?: Pattern;
  /** The same, without what it demands of attributes. */
  readonly conditionWithoutAttributes?: Pattern;
  /** What it sets; it replaces what earlier steps set of the same facet (urgency; criteria). */
  readonly set: Routing;
}

/** A policy that was checked and compiled. */
export interface Policy {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly description?: string;
  /** Lower is asked first; equal ones by name. Default 100. */
  readonly precedence: number;
  readonly mode: PolicyMode;
  /** Percent of the contacts governed, 0 to 100; default 100. */
  readonly rollout: number;
  /** The hours in which it governs; undefined: always. */
  readonly during?: During;
  /** Undefined governs every contact. */
  readonly match?: Pattern;
  /** `match` as it was written, with its keys in order: equal texts take equal contacts. */
  readonly matchText?: string;
  /** What `match` demands of everything but attributes, which cost an API call to know. */
  readonly matchWithoutAttributes?: Pattern;
  /** True where it takes attributes to know whether `match` lets a contact in. */
  readonly matchNeedsAttributes: boolean;
  /** Names of the user-defined attributes that `match` and the conditions of steps ask for. */
  readonly attributeNames: readonly string[];
  readonly clock: PolicyClock;
  readonly allowLower: boolean;
  readonly steps: readonly Step[];
}

/** The policies in force. */
export interface PolicySet {
  /** In the order in which they are asked; without those that are off. */
  readonly policies: readonly Policy[];
  /** Finds those of them that could govern a contact. */
  readonly index: PolicyIndex;
  /** Every attribute that some policy asks for: only these are ever stored. */
  readonly attributeNames: readonly string[];
  /** Every tag that some policy asks for. */
  readonly tagNames: readonly string[];
  /** Every segment attribute that some policy asks for. */
  readonly segmentAttributeNames: readonly string[];
}

/** Puts policies in the order in which they are asked: by precedence, then by name. */
export function createPolicySet(policies: Iterable<Policy>): PolicySet {
  const asked = [...policies]
    .filter((policy) => policy.mode !== 'off')
    .sort((a, b) => a.precedence - b.precedence || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return {
    policies: asked,
    index: buildPolicyIndex(asked),
    attributeNames: collectNames(asked, 'attributes'),
    tagNames: collectNames(asked, 'tags'),
    segmentAttributeNames: collectNames(asked, 'segmentAttributes'),
  };
}

function collectNames(policies: readonly Policy[], key: string): string[] {
  const names = policies.flatMap(({ match, steps }) =>
    [match, ...steps.map(({ condition }) => condition)].flatMap((pattern) =>
      pattern ? fieldsUnder(pattern, key) : [],
    ),
  );
  return [...new Set(names)].sort();
}
