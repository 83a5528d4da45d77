export { type Act, actMoments } from './acts.ts';
export { agentsOf, workloadOf } from './centre-parts.ts';
export { expectedContacts } from './expected-contacts.ts';
export { scenarioJsonSchema } from './json-schema.ts';
export { parseScenario } from './parse.ts';
export { arrivalsEndAt, type Scenario } from './scenario.ts';
export { tierOfContact } from './tier-of-contact.ts';
export { formatTimeOfDay, leadingZeroHint, parseTimeOfDay } from './times.ts';
