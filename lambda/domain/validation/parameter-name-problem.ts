import type { Problem } from './problem.ts';

const MAX_SUGGESTION_LENGTH = 100;

const NAME = /^[a-z0-9][a-z0-9-]*$/;

/** True for a name of lower-case letters, digits and hyphens, as policies, calendars and conditions have. It is safe as a file name. */
export function isParameterName(name: string): boolean {
  return NAME.test(name);
}

/** The problem of the name of a policy, calendar or condition that is not made of lower-case letters, digits and hyphens. */
export function parameterNameProblems(kind: 'policy' | 'calendar' | 'condition', name: string): Problem[] {
  if (isParameterName(name)) return [];
  const suggestion = suggestName(name);
  const allowed = 'lower-case letters, digits and hyphens';
  const code = kind === 'policy' ? 'policy-name' : kind === 'calendar' ? 'calendar-name' : 'condition-name';
  return [
    {
      code,
      path: [],
      message: `The ${kind}'s name is ${JSON.stringify(name)}; expected ${allowed}. Rename it${suggestion === undefined ? '' : ` to ${JSON.stringify(suggestion)}`}.`,
      found: name,
      allowed,
    },
  ];
}

/** The name in lower case, without accents and with hyphens for what else it may not have; undefined if nothing is left. */
export function suggestName(name: string): string | undefined {
  const valid = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return isParameterName(valid) && valid.length <= MAX_SUGGESTION_LENGTH ? valid : undefined;
}
