export { EscalationModel } from './escalation-model.ts';
export { type EscalationListener, type EscalationOptions, LATENCY_MS } from './options.ts';
