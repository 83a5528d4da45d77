export { ContactCentre } from './centre.ts';
export type { ContactState } from './contact.ts';
export type { CriteriaRun, StepStatus } from './criteria-run.ts';
export type { ContactDescription } from './description.ts';
export {
  AgentAwayError,
  AgentBusyError,
  ContactStateError,
  DuplicateContactError,
  UnknownContactError,
  UnknownQueueError,
} from './errors.ts';
export type { ContactEventEnvelope, ContactEventType } from './events.ts';
export type { CentreOverview } from './overview.ts';
export type {
  AgentSpec,
  Arrival,
  CentreOptions,
  ChannelConcurrency,
  FinishedContact,
  InstanceSpec,
  QueueSpec,
  RoutingChangeRecord,
  ServedQueue,
  Shift,
} from './types.ts';
