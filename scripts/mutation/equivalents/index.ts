import type { ListedMutant } from '../listed-mutant.ts';
import { AWS } from './aws.ts';
import { CALENDAR } from './calendar.ts';
import { CONDITION } from './condition.ts';
import { CONFIGURATION } from './configuration.ts';
import { CONTACT } from './contact.ts';
import { DOMAIN } from './domain.ts';
import { FLOW } from './flow.ts';
import { MESSAGES } from './messages.ts';
import { OUTGOING_EVENTS } from './outgoing-events.ts';
import { PATTERN } from './pattern.ts';
import { POLICY } from './policy.ts';
import { QUEUE } from './queue.ts';
import { RECONCILE } from './reconcile.ts';
import { REPORTS } from './reports.ts';
import { ROUTING } from './routing.ts';
import { VALIDATION } from './validation.ts';

/**
 * The mutants that behave like the code, so that no test can kill them, each with why nothing can tell it from the code.
 * One file for each folder of the code.
 */
export const EQUIVALENTS: readonly ListedMutant[] = [
  ...AWS,
  ...CALENDAR,
  ...CONDITION,
  ...CONFIGURATION,
  ...CONTACT,
  ...DOMAIN,
  ...FLOW,
  ...MESSAGES,
  ...OUTGOING_EVENTS,
  ...PATTERN,
  ...POLICY,
  ...QUEUE,
  ...RECONCILE,
  ...REPORTS,
  ...ROUTING,
  ...VALIDATION,
];
