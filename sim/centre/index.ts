export { ContactCentre } from './centre.ts';
export type { ContactState } from './contact.ts';
export type { ContactEventEnvelope, ContactEventType } from './contact-event.ts';
export type { CriteriaProgress, StepStatus } from './criteria-progress.ts';
export type { DescribedContact } from './described-contact.ts';
export {
  AgentAwayError,
  AgentBusyError,
  ContactStateError,
  DuplicateContactError,
  UnknownContactError,
  UnknownQueueError,
} from './errors.ts';
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
