export { EscalationModel } from './escalation-model.ts';
