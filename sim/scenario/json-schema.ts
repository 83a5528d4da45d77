import { toJsonSchema } from '../../lambda/domain/policy/json-schema.ts';
import { scenarioSchema } from './schema.ts';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  description: 'For people.',
  start:
    'When it begins, with the distance from UTC: 2026-11-23T08:00:00+01:00. Times of day are by that clock.',
  hours:
    'Of the scenario: how long contacts come, in hours. Of agents: when they work, such as ["08:00-12:00", "13:00-17:00"]; default: always.',
  serviceLevel: 'A contact is served in time when it is answered within that, such as 20s.',
  afterContactWork: 'How long an agent is busy after the customer is gone. Default 10s.',
  settings: 'As in settings.yaml. A policy folder with settings of its own has those.',
  queues: 'Of the scenario: the ids of the queues. Of agents: those that they serve.',
  arrivals: 'How many contacts come. On top: those of all streams with a share of them.',
  perHour: 'Contacts an hour, or by time of day: { "08:00": 60, "09:00": 180 }. It repeats daily.',
  shape:
    'Of arrivals: step (default) or linear. Of patience: 1 (default) is exponential, above it most leave near the mean.',
  file: 'A list of arrivals beside the scenario: a line for each with a time and maybe a comma and a handling time.',
  agents: 'Groups of agents who are alike.',
  streams: 'Who comes; the tiers in the order in which they matter.',
  count: 'How many agents.',
  priority: '1 (default) is looked into first.',
  delay: 'How long a contact must have waited before these agents are offered it. Default 0s.',
  channels: 'Default ["VOICE"].',
  concurrency: 'Contacts at a time, over all channels or for each. Default 1.',
  otherChannels: 'Whether contacts of other channels are offered meanwhile. Default false.',
  breaks: 'Within their hours; the contact in hand is finished first.',
  proficiencies: 'By attribute and value, from 1 to 5: { Language: { Spanish: 4 } }.',
  tier: 'What the results are told by.',
  name: 'Unique; of a stream by default its tier.',
  tags: 'As policies match on them.',
  attributes: 'As the flow sets them; to know them costs a DescribeContact.',
  share: 'Which part of the arrivals of the scenario, from 0 to 1.',
  handling: 'How long an agent takes, log-normal: mean and variation, or median and sigma.',
  variation: 'Standard deviation as a part of the mean. Default 0.8.',
  sigma: 'Standard deviation of the logarithm.',
  patience: 'How long a customer waits, Weibull: mean and shape. Without it, for ever.',
  transfer: 'After handling, a share waits in another queue for a second agent.',
  redial: 'Of those who hung up, a share calls again, after that long on average.',
  updateRate: 'UpdateContactRoutingData calls a second granted to the account and Region. Default 20.',
};

/** The JSON Schema of scenarios, made of what also checks. */
export function scenarioJsonSchema(): object {
  return toJsonSchema(scenarioSchema, 'A scenario', DESCRIPTIONS);
}
