export { Escalation } from './escalation.ts';
export { type EscalationListener, type EscalationOptions, LATENCY_MS } from './options.ts';
