import type { Telemetry } from '../../lambda/flow/ports.ts';

/** Telemetry that records nothing. */
export const NO_TELEMETRY: Telemetry = {
  changeApplied() {},
  contactsFound() {},
  searchFailed() {},
  callThrottled() {},
  shadowChanged() {},
  updateRejected() {},
  accessDenied() {},
  outcomeUnknown() {},
  contactClosed() {},
  contactFailed() {},
  contactsSwept() {},
  oldestPending() {},
  malformedMessage() {},
  eventLeftOut() {},
  questionUnanswered() {},
  messageFailed() {},
};
