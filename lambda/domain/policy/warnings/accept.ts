import type { WarningCode } from './codes.ts';
import type { Warning } from './warning.ts';

/** The warnings that a policy accepts, with the reasons. */
export type Accepted = Readonly<Partial<Record<WarningCode, string>>>;

/** A policy, as far as its accepted warnings need it. */
interface Accepting {
  readonly name: string;
  readonly accept?: Accepted;
}

/** Returns the warnings that their policies do not accept. */
export function withoutAccepted(warnings: readonly Warning[], policies: readonly Accepting[]): Warning[] {
  const accepted = new Map(policies.map(({ name, accept }) => [name, accept]));
  return warnings.filter(({ policy, code }) => !Object.hasOwn(accepted.get(policy) ?? {}, code));
}

/**
 * Warns of accepted warnings that are not given.
 *
 * @param warnings - all warnings about the policies, the accepted ones included.
 * @param unknown - codes of warnings that could not be given, because what they depend on is not known.
 */
export function nothingToAccept(
  warnings: readonly Warning[],
  policies: readonly Accepting[],
  unknown: readonly WarningCode[],
): Warning[] {
  const given = new Set(warnings.map(({ policy, code }) => `${policy} ${code}`));
  return policies.flatMap(({ name, accept = {} }) =>
    (Object.keys(accept) as WarningCode[])
      .filter((code) => !given.has(`${name} ${code}`) && !unknown.includes(code))
      .map((code) => ({
        code: 'nothing-to-accept' as const,
        policy: name,
        path: ['accept', code],
        message: `There is no warning ${code} about this policy, so there is nothing to accept. Remove the line.`,
      })),
  );
}
