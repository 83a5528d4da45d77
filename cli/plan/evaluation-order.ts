import type { Rule } from '../../lambda/domain/pattern/index.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';

/** Sentences that are printed at most. */
const MAX_SENTENCES = 20;

/** Names that a sentence has at most. */
const MAX_NAMES = 3;

/**
 * How the order of evaluation changes, in words: which policies come before others that they came after, and before which
 * ones a new policy comes. The first policy that lets a contact in governs it, so those after it lose such contacts to it.
 * Pairs of which no contact can match both are left out.
 */
export function orderChanges(before: readonly Policy[], after: readonly Policy[]): string[] {
  const from = enforcedInOrder(before).map(({ name }) => name);
  const to = enforcedInOrder(after);
  const sentences = to.flatMap((policy, index) => {
    const { name } = policy;
    const was = from.indexOf(name);
    const overtaken = to
      .slice(index + 1)
      .filter((other) => was === -1 || isBefore(from, other.name, was))
      .filter((other) => mayShareContacts(policy, other));
    if (overtaken.length === 0) return [];
    const verb = was === -1 ? 'comes' : 'now comes';
    return [`${name} ${verb} before ${listOf(overtaken)}: contacts that it lets in are no longer theirs`];
  });
  const rest = sentences.length - MAX_SENTENCES;
  return rest > 0
    ? [...sentences.slice(0, MAX_SENTENCES), `${rest} more policies come before others`]
    : sentences;
}

function isBefore(names: readonly string[], name: string, place: number): boolean {
  const at = names.indexOf(name);
  return at !== -1 && at < place;
}

function listOf(policies: readonly Policy[]): string {
  const names = policies.slice(0, MAX_NAMES).map(({ name }) => name);
  const rest = policies.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}

/** Observing policies take no contact from others. */
function enforcedInOrder(policies: readonly Policy[]): Policy[] {
  return createPolicySet(policies).policies.filter(({ mode }) => mode === 'enforce');
}

/** False where some field has one value in a contact, and the two policies want different ones. */
function mayShareContacts({ match: a }: Policy, { match: b }: Policy): boolean {
  if (!a || !b) return true;
  return a.rules.some((rule) => b.rules.some((other) => !areDisjoint(rule, other)));
}

function areDisjoint(a: Rule, b: Rule): boolean {
  return a.some(({ name, exactTexts }) => {
    const others = b.find((field) => field.name === name)?.exactTexts;
    return exactTexts && others && hasOneValue(name) && !exactTexts.some((text) => others.includes(text));
  });
}

/** A contact may have several signals, and segment attributes that are lists. */
function hasOneValue(field: string): boolean {
  return !/^(signals|segmentAttributes)(\.|$)/.test(field);
}
