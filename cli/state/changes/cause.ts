/** Why a change is made. */
export interface Cause {
  /** The policy that asks for it. */
  readonly policy?: string;
  /** The step of the policy, from 1, as its text lists them. */
  readonly step?: number;
  /** An operator's override asks for it instead: who, where the order said so. */
  readonly override?: { readonly actor?: string };
}
