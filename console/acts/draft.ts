import type { ActType } from '../../cli/watch/acts/act.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';

/** An act that a person begins. */
export interface Draft {
  readonly type: ActType;
  /** The contact that it is about; absent for acts on a queue or on the system. */
  readonly contact?: ContactKey;
  readonly queue?: { readonly arn: string; readonly name: string };
}
