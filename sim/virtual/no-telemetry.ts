import type { Telemetry } from '../../lambda/flow/ports.ts';

/** Telemetry that records nothing. */
export const NO_TELEMETRY: Telemetry = {
  changeApplied() {},
  changeReported() {},
  contactLeft() {},
  ordered() {},
  configured() {},
  eventsUnsent() {},
  contactsFound() {},
  searchFailed() {},
  callThrottled() {},
  shadowChanged() {},
  updateRejected() {},
  accessDenied() {},
  outcomeUnknown() {},
  contactClosed() {},
  contactFailed() {},
  chainUnreadable() {},
  signalsDropped() {},
  contactsSwept() {},
  pendingMeasured() {},
  rateMeasured() {},
  malformedMessage() {},
  eventLeftOut() {},
  questionUnanswered() {},
  messageFailed() {},
};
