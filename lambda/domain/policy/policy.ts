import { fieldsUnder, type Pattern } from '../pattern/index.ts';
import type { Routing } from '../routing.ts';

/** `enforce` calls Connect, `observe` decides and records only, `off` governs nobody. */
export type PolicyMode = 'enforce' | 'observe' | 'off';

/** What waiting is measured from: this queue, the first queue of the transfer chain, or the contact's start. */
export type PolicyClock = 'enqueued' | 'firstEnqueued' | 'initiated';

/** A step of a policy. */
export interface Step {
  /** `after`: reached at that wait. `by`: in effect at that wait, so reached one routing lag earlier. */
  readonly when: 'after' | 'by';
  readonly seconds: number;
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
  /** Undefined governs every contact. */
  readonly match?: Pattern;
  /** What `match` demands of everything but attributes, which cost an API call to know. */
  readonly matchWithoutAttributes?: Pattern;
  /** Names of the user-defined attributes that `match` asks for. */
  readonly attributeNames: readonly string[];
  readonly clock: PolicyClock;
  readonly allowLower: boolean;
  readonly steps: readonly Step[];
}

/** The policies in force. */
export interface PolicySet {
  /** In the order in which they are asked; without those that are off. */
  readonly policies: readonly Policy[];
  /** Every attribute that some policy asks for: only these are ever stored. */
  readonly attributeNames: readonly string[];
  /** Every tag that some policy asks for. */
  readonly tagNames: readonly string[];
  /** Every segment attribute that some policy asks for. */
  readonly segmentAttributeNames: readonly string[];
}

/** Puts policies in the order in which they are asked: by precedence, then by name. */
export function policySet(policies: Iterable<Policy>): PolicySet {
  const asked = [...policies]
    .filter((policy) => policy.mode !== 'off')
    .sort((a, b) => a.precedence - b.precedence || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return {
    policies: asked,
    attributeNames: namesUnder(asked, 'attributes'),
    tagNames: namesUnder(asked, 'tags'),
    segmentAttributeNames: namesUnder(asked, 'segmentAttributes'),
  };
}

function namesUnder(policies: readonly Policy[], key: string): string[] {
  const names = policies.flatMap(({ match }) => (match ? fieldsUnder(match, key) : []));
  return [...new Set(names)].sort();
}
