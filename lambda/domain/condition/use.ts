import type { Pattern } from '../pattern/index.ts';

/** Whether it can matter to a pattern over the contact view that the contact has a signal of that name. */
export function mayNameSignal({ rules }: Pattern, signal: string): boolean {
  return rules.some((rule) =>
    rule.some(({ name, test, mayBeAbsent }) => name === 'signals' && (mayBeAbsent || test(signal))),
  );
}
