import { writtenIndex } from '../policy/index/written-index.ts';
import type { PolicySource } from '../policy/schema.ts';
import { writeCalendar, writeParsed } from '../policy/written-policy.ts';
import { buildPolicies, calendarsInForce, type PolicyParts } from './build-policies.ts';
import { CODE_FINGERPRINT } from './code-fingerprint.ts';
import type { PreparedPolicies } from './compiled.ts';

/** What functions need not work out again of the policies in force. */
export function preparePolicies(parts: PolicyParts): PreparedPolicies {
  const { policies: set, conditions, leftOut } = buildPolicies(parts);
  const { policies, policyAt: _policyAt, index, ...facts } = set;
  const sources = new Map(parts.policies.map(({ name, source }) => [name, source as PolicySource]));
  return {
    code: CODE_FINGERPRINT,
    order: placesOf(policies, parts.policies),
    parsed: policies.map((policy) => writeParsed(policy, sources.get(policy.name) as PolicySource)),
    calendars: [...calendarsInForce(parts.calendars ?? [])].flatMap(([name, calendar]) =>
      calendar ? [[name, writeCalendar(calendar)] as const] : [],
    ),
    facts,
    index: writtenIndex(index),
    conditions: placesOf(conditions, parts.conditions ?? []),
    leftOut,
  };
}

type Named = { readonly name: string };

function placesOf(some: readonly Named[], all: readonly Named[]): number[] {
  const places = new Map(all.map(({ name }, place) => [name, place]));
  return some.map(({ name }) => places.get(name) as number);
}
