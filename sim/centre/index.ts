export { ContactCentre } from './centre.ts';
export type { CriteriaProgress, StepStatus } from './criteria-progress.ts';
export type { DescribedContact } from './described-contact.ts';
export type { ContactState } from './entities.ts';
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
  ContactEventEnvelope,
  ContactEventType,
  FinishedContact,
  InstanceSpec,
  QueueSpec,
  RoutingChangeRecord,
  ServedQueue,
  Shift,
} from './types.ts';
