import {
  BATCH_SIZE,
  FUNCTION_TIMEOUT_SECONDS,
  MAX_RECEIVE_COUNT,
  VISIBILITY_TIMEOUT_SECONDS,
} from '../../lambda/domain/deployment-constants.ts';
import type { Consumer } from './message.ts';

/** The timeout of each function, in milliseconds. */
export const TIMEOUT_MS = {
  contactEvents: FUNCTION_TIMEOUT_SECONDS.contactEvents * 1_000,
  ruleMessages: FUNCTION_TIMEOUT_SECONDS.ruleMessages * 1_000,
  policyChanges: FUNCTION_TIMEOUT_SECONDS.policyChanges * 1_000,
  dispatch: FUNCTION_TIMEOUT_SECONDS.dispatch * 1_000,
  sweep: FUNCTION_TIMEOUT_SECONDS.sweep * 1_000,
} as const;

/** The delivery settings of the queues in the stack. */
export const DELIVERY = {
  ruleMessages: delivery('ruleMessages'),
  dispatch: delivery('dispatch'),
} as const;

function delivery(
  kind: keyof typeof MAX_RECEIVE_COUNT,
): Pick<Consumer<unknown>, 'batchSize' | 'maxReceives' | 'visibilityMs'> {
  return {
    batchSize: BATCH_SIZE,
    maxReceives: MAX_RECEIVE_COUNT[kind],
    visibilityMs: VISIBILITY_TIMEOUT_SECONDS[kind] * 1_000,
  };
}
