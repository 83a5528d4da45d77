import { ConfigError } from './config-error.ts';

/** The default prefix. */
const DEFAULT_PREFIX = '/connect-escalator';

/** SSM allows 15 levels, of which `policies` and the name of the policy take two. */
const MAX_LEVELS = 13;

const EXAMPLE = `Pass for example -c prefix=${DEFAULT_PREFIX}`;

/**
 * Checks the SSM path above the settings and policies.
 *
 * Source of the rules: AWS Systems Manager API reference, PutParameter, "Name".
 *
 * @param value - such as `/connect-escalator`, which is the default: starts with a slash, does not end with
 *   one, and has levels of letters, digits, `.`, `-` and `_`.
 * @throws ConfigError if the value is anything else.
 */
export function parsePrefix(value: unknown): string {
  if (value === undefined) return DEFAULT_PREFIX;
  const problem = prefixProblem(value);
  if (problem) throw new ConfigError(`prefix ${JSON.stringify(value)} ${problem}. ${EXAMPLE}`);
  return value as string;
}

function prefixProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'is not a string';
  if (!value.startsWith('/')) return 'does not start with a slash';
  if (value.endsWith('/')) return 'ends with a slash';
  const levels = value.slice(1).split('/');
  if (levels.includes('')) return 'has an empty level';
  if (!levels.every((level) => /^[\w.-]+$/.test(level))) {
    return 'contains a character other than letters, digits, ".", "-", "_" and "/"';
  }
  if (/^(aws|ssm)/i.test(levels[0] ?? '')) return 'starts with a name that AWS reserves (aws, ssm)';
  if (levels.length > MAX_LEVELS) return `has ${levels.length} levels, more than ${MAX_LEVELS}`;
  return undefined;
}
