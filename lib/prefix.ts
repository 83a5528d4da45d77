import { ConfigError } from './config-error.ts';

/** Where the parameters live unless another prefix is given. */
export const DEFAULT_PREFIX = '/connect-escalator';

/** A parameter may lie 15 levels deep, and below the prefix come `policies` and the policy's name. */
const MAX_LEVELS = 13;

const EXAMPLE = `Pass for example -c prefix=${DEFAULT_PREFIX}`;

/**
 * Checks the SSM path under which the settings and policies are kept.
 *
 * Source of the rules: AWS Systems Manager API reference, PutParameter, "Name".
 *
 * @param given such as `/connect-escalator` (the default, for undefined): starts with a slash, does not end
 * with one, levels of letters, digits, `.`, `-` and `_`.
 * @throws ConfigError when it is anything else.
 */
export function parsePrefix(given: unknown): string {
  if (given === undefined) return DEFAULT_PREFIX;
  const problem = prefixProblem(given);
  if (problem) throw new ConfigError(`prefix ${JSON.stringify(given)} ${problem}. ${EXAMPLE}`);
  return given as string;
}

function prefixProblem(given: unknown): string | undefined {
  if (typeof given !== 'string') return 'is not text';
  if (!given.startsWith('/')) return 'does not start with a slash';
  if (given.endsWith('/')) return 'ends with a slash';
  const levels = given.slice(1).split('/');
  if (levels.includes('')) return 'has an empty level';
  if (!levels.every((level) => /^[\w.-]+$/.test(level))) {
    return 'holds a character other than letters, digits, ".", "-", "_" and "/"';
  }
  if (/^(aws|ssm)/i.test(levels[0] ?? '')) return 'begins with a name that AWS keeps for itself (aws, ssm)';
  if (levels.length > MAX_LEVELS) return `has ${levels.length} levels, more than ${MAX_LEVELS}`;
  return undefined;
}
