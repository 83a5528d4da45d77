import { canonicalJson } from '../../json.ts';
import { type Pattern, requiring, withoutField } from '../../pattern/index.ts';
import type { Routing } from '../../routing/routing.ts';
import { stableHash } from '../../stable-hash.ts';

/** Criteria that a signal brought about. They stay when it ends, as long as the rest of the condition matches. */
export interface LastingCriteria {
  /** Names the step by its time and its text, so that an edited step starts afresh. */
  readonly key: string;
  /** The part of the condition that needs a signal. */
  readonly begin: Pattern;
  /** The same part without the signals. */
  readonly stay: Pattern;
}

/**
 * The lasting criteria of a step, if it has any.
 *
 * @param time - when the step is reached, as `after 30`.
 * @param source - the step as it is written.
 */
export function lastingCriteria(
  { condition, set }: { readonly condition?: Pattern; readonly set: Routing },
  time: string,
  source: unknown,
): LastingCriteria | undefined {
  const begin = condition && set.criteria && requiring(condition, 'signals');
  if (!begin) return undefined;
  const hash = stableHash(canonicalJson(source)).toString(36);
  return { key: `${time} ${hash}`, begin, stay: withoutField(begin, 'signals') };
}
