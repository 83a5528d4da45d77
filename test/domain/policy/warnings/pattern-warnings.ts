import { policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { DEFAULT_SETTINGS } from '../../../../lambda/domain/settings.ts';
import { policy } from '../../../support/contacts.ts';

/** The warnings about the `match` of a policy that is in order otherwise, as `code path | message`. */
export function patternWarnings(match: object): string[] {
  const steps = [{ after: '0s', set: { age: '1m' } }];
  return policyWarnings([policy('a', { match, steps })], DEFAULT_SETTINGS).map(
    ({ code, path, message }) => `${code} ${path.slice(1).join('.')} | ${message}`,
  );
}
