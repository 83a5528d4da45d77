import type { Pattern } from '../pattern/index.ts';
import type { Condition } from './condition.ts';

/** Whether it can matter to a pattern over the contact view that the contact has a signal of that name. */
export function mayNameSignal({ rules }: Pattern, signal: string): boolean {
  return rules.some((rule) =>
    rule.some(({ name, test, mayBeAbsent }) => name === 'signals' && (mayBeAbsent || test(signal))),
  );
}

/**
 * The conditions that can matter to some policy, in order of name: no others are looked at.
 *
 * @param signalPatterns - the patterns of the policies that mention signals.
 */
export function conditionsInUse<C extends Pick<Condition, 'name'>>(
  conditions: readonly C[],
  signalPatterns: readonly Pattern[],
): C[] {
  return conditions
    .filter(({ name }) => signalPatterns.some((pattern) => mayNameSignal(pattern, name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
