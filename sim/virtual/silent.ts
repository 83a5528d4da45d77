import type { Telemetry } from '../../lambda/flow/ports.ts';

/** Nobody listens. */
export const SILENT: Telemetry = {
  changeApplied() {},
  callThrottled() {},
  callRefused() {},
  accessDenied() {},
  outcomeUnknown() {},
  contactClosed() {},
  contactFailed() {},
  contactsSwept() {},
  oldestPending() {},
};
