export { ContactCentre } from './centre.ts';
export type { CriteriaProgress } from './criteria-progress.ts';
export type { DescribedContact } from './described-contact.ts';
export {
  ContactStateError,
  UnknownContactError,
} from './errors.ts';
export type { CentreOverview } from './overview.ts';
export { satisfies } from './proficiency.ts';
export type {
  AgentSpec,
  Arrival,
  CentreOptions,
  ContactEventEnvelope,
  FinishedContact,
  InstanceSpec,
  QueueSpec,
  Shift,
} from './types.ts';
