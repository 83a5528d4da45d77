import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';

/** Sentences that are printed at most. */
const MAX_SENTENCES = 20;

/**
 * How the order of evaluation changes, in words: which policies come before others that they came after, and before which
 * ones a new policy comes. The first policy that lets a contact in governs it, so those after it lose such contacts to it.
 */
export function orderChanges(before: readonly Policy[], after: readonly Policy[]): string[] {
  const [from, to] = [namesInOrder(before), namesInOrder(after)];
  const sentences = to.flatMap((name, index) => {
    const later = to.slice(index + 1);
    const was = from.indexOf(name);
    const overtaken = later.filter(
      (other) => was === -1 || (from.indexOf(other) < was && from.includes(other)),
    );
    if (overtaken.length === 0) return [];
    const others =
      overtaken.length > 3
        ? `${overtaken.slice(0, 3).join(', ')} and ${overtaken.length - 3} more`
        : overtaken.join(', ');
    return [
      `${name} ${was === -1 ? 'comes' : 'now comes'} before ${others}: contacts that it lets in are no longer theirs`,
    ];
  });
  const rest = sentences.length - MAX_SENTENCES;
  return rest > 0
    ? [...sentences.slice(0, MAX_SENTENCES), `${rest} more policies come before others`]
    : sentences;
}

/** Observing policies take no contact from others. */
function namesInOrder(policies: readonly Policy[]): string[] {
  return createPolicySet(policies)
    .policies.filter(({ mode }) => mode === 'enforce')
    .map(({ name }) => name);
}
