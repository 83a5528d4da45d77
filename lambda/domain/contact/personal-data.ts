import { defined, isObject } from '../json.ts';
import type { SegmentAttributes, SegmentValue } from '../policy/contact-view.ts';
import type { StoredNames } from '../policy/policy-set.ts';
import type { ContactFacts, Timestamped } from './facts.ts';
import { TEST_ATTRIBUTE } from './parse-event.ts';
import { isPersonal } from './personal-text.ts';

/** Segment attributes that say what kind of contact it is, and nothing of the customer. */
const KEPT_SEGMENT_ATTRIBUTES: ReadonlySet<string> = new Set(['connect:Subtype', TEST_ATTRIBUTE]);

/**
 * The facts as they may be stored: without the tags that hold a telephone number or an e-mail address, such as the
 * dialled number in `aws:connect:systemEndpoint`, unless a policy names them; and with no segment attributes but those
 * that a policy names and {@link KEPT_SEGMENT_ATTRIBUTES}, since one of them is the subject of an e-mail. Of a map, what a
 * policy names is stored. A person's name looks like any other text: contacts should not be tagged with names.
 */
export function withoutPersonalData(facts: ContactFacts, policies: StoredNames): ContactFacts {
  return {
    ...facts,
    ...defined({
      tags: facts.tags && redact(facts.tags, policies.tagNames),
      segmentAttributes:
        facts.segmentAttributes && namedOnly(facts.segmentAttributes, policies.segmentAttributePaths),
    }),
  };
}

function namedOnly(
  { at, value }: Timestamped<SegmentAttributes>,
  pathsInPolicies: readonly string[],
): Timestamped<SegmentAttributes> {
  const paths = [...pathsInPolicies, ...KEPT_SEGMENT_ATTRIBUTES];
  return { at, value: (namedPart(value, undefined, paths) ?? {}) as SegmentAttributes };
}

/** What the paths name of a value that stands at a path itself; undefined where they name nothing of it. */
function namedPart(
  value: SegmentValue,
  path: string | undefined,
  paths: readonly string[],
): SegmentValue | undefined {
  if (path !== undefined && paths.includes(path)) return value;
  if (Array.isArray(value)) {
    const items = value.flatMap((item: SegmentValue) => namedPart(item, path, paths) ?? []);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value as SegmentAttributes).flatMap(([name, member]) => {
    const part = namedPart(member, path === undefined ? name : `${path}.${name}`, paths);
    return part === undefined ? [] : [[name, part] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function redact(
  { at, value }: Timestamped<Readonly<Record<string, string>>>,
  namesInPolicies: readonly string[],
): Timestamped<Readonly<Record<string, string>>> {
  const entries = Object.entries(value).filter(
    ([name, text]) => namesInPolicies.includes(name) || !(isPersonal(text) || isPersonal(name)),
  );
  return { at, value: Object.fromEntries(entries) };
}
