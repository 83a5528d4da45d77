/** Put in by the bundler: what the domain of this system is made of, as a hash. */
declare const BUNDLED_CODE_FINGERPRINT: string | undefined;

/**
 * Names the code of the domain. What one version worked out of policies is for functions with the same code alone: another
 * one may understand the policies otherwise. Code that runs from its sources is one version.
 */
export const CODE_FINGERPRINT =
  typeof BUNDLED_CODE_FINGERPRINT === 'string' ? BUNDLED_CODE_FINGERPRINT : 'sources';
