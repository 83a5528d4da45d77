import type { Pattern, Rule } from '../../pattern/index.ts';
import type { Policy } from '../policy.ts';
import type { Warning } from './warning.ts';

/** Warns of a policy that comes after one that governs every contact that it could govern. */
export function unreachableWarnings(policy: Policy, earlier: readonly Policy[]): Warning[] {
  const shadowing = earlier.find(
    ({ mode, rollout, during, match, matchText }) =>
      // A policy that only observes takes no contact from one that enforces.
      (mode === 'enforce' || policy.mode === 'observe') &&
      rollout === 100 &&
      during === undefined &&
      (matchText === policy.matchText || implies(policy.match, match)),
  );
  if (!shadowing) return [];
  const { name, precedence, match } = shadowing;
  const contacts = match === undefined ? 'every contact' : 'the same contacts';
  return [
    {
      code: 'never-governs',
      policy: policy.name,
      path: [],
      message:
        `It never governs: ${name} is evaluated first (precedence ${precedence}) and governs ${contacts}. ` +
        `Give this policy a precedence below ${precedence}, or narrow the match of ${name}.`,
    },
  ];
}

/** True if every contact that matches the one pattern surely matches the other. */
function implies(one: Pattern | undefined, other: Pattern | undefined): boolean {
  if (other === undefined) return true;
  if (one === undefined) return false;
  return one.rules.every((rule) => other.rules.some((wider) => impliesRule(rule, wider)));
}

function impliesRule(rule: Rule, wider: Rule): boolean {
  return wider.every(({ name, test }) => {
    const field = rule.find((one) => one.name === name);
    return (
      field?.exactTexts !== undefined && !field.mayBeAbsent && field.exactTexts.every((text) => test(text))
    );
  });
}
