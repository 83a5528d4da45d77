import { toJsonSchema } from '../../lambda/domain/policy/json-schema.ts';
import { scenarioSchema } from './schema.ts';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  description: 'A description for people.',
  start: 'The start, with its offset from UTC: 2026-11-23T08:00:00+01:00. Times of day are in this offset.',
  hours:
    'Of the scenario: the duration of arrivals in hours. Of agents: the daily working hours, such as ["08:00-12:00", "13:00-17:00"]; default: always.',
  serviceLevel: 'The target time of the service level, such as 20s.',
  afterContactWork: 'After-contact work: a duration, or a distribution like that of handling. Default 10s.',
  ringing:
    'The time from the offer of a contact to an agent until the answer: a duration, or a distribution like that of handling. Default 0s.',
  settings: 'As in settings.yaml. The settings of a policy folder replace them.',
  queues: 'Of the scenario: the ids of the queues. Of agents: the queues that they serve.',
  arrivals: 'The arrival rate. At the top level: that of all streams with a share.',
  perHour: 'Contacts per hour, constant or by time of day: { "08:00": 60, "09:00": 180 }. Repeats daily.',
  days: 'Of arrivals: rates of weekdays that differ, such as { sat: { "09:00": 20 }, sun: 0 }. Of agents: the weekdays on which they work; default: all.',
  dayVariation:
    'How much whole days differ beyond the scatter of arrivals: the standard deviation of the factor of a day. Default 0.',
  hangUps: 'The share of customers who hang up within five seconds. Default 0.',
  values: 'A list of times, each as likely as the others, for what no distribution describes.',
  shape:
    'Of arrivals: step (default) or linear. Of patience: 1 (default) is exponential; above 1, most values are close to the mean.',
  file: 'A list of arrivals in the folder of the scenario: one line each, with a time and optionally a comma and a handling time.',
  agents: 'Groups of identical agents.',
  streams: 'The arriving contacts. The first tier is the most important one.',
  acts: 'What people and other systems do meanwhile: signals, overrides, releases, and pauses of calls.',
  fitted: 'The recording to which the scenario was fitted, as escalator calibrate writes it.',
  'fitted.from': 'The first event. A back-test judges by other days.',
  'fitted.to': 'The last event.',
  timezone: 'The time zone of weekdays and times of day.',
  at: 'A time of day, for each day, or a time such as 2026-11-23T10:15:00+01:00, for once.',
  signal:
    'The signal that the contacts get, on which policies match. With a queue alone and a ttl, those who come later have it, too.',
  override: 'The routing that an operator sets instead of that of the policy.',
  release: 'true: the end of overrides.',
  pause: 'Calls are stopped for this time, as by the kill switch.',
  ttl: 'How long the signal or the override lasts. Default: as long as the contact waits.',
  'acts.after': 'The wait of a contact after which this is done.',
  'redial.after': 'The mean time until the customer calls again.',
  'acts.queue': 'The queue of the contacts. Default: all.',
  'acts.tier': 'The tier of the contacts. Default: all.',
  'acts.share': 'The share of these contacts, from 0 to 1. Default: all.',
  count: 'The number of agents.',
  ids: 'The ids of the first agents, for policies that name agents.',
  priority:
    '1 (default) is the first. Agents take contacts of a queue only if queues with lower numbers have none for them.',
  delay: 'The time that a contact must have waited before it is offered to these agents. Default 0s.',
  channels: 'Default ["VOICE"].',
  concurrency: 'The maximum number of contacts at the same time, in total or per channel. Default 1.',
  otherChannels:
    'Whether an agent with a contact of this channel is offered contacts of other channels. Default false.',
  breaks: 'Within the hours; agents finish current contacts first.',
  proficiencies: 'Levels from 1 to 5 by attribute and value: { Language: { Spanish: 4 } }.',
  tier: 'The class of contacts by which results are reported.',
  name: 'Unique. Default of a stream: its tier.',
  tags: 'Tags, on which policies match.',
  attributes: 'Contact attributes of the flow. The system reads them by DescribeContact.',
  routing:
    'What a flow sets before the queue: priority, age, and routingCriteria or route. Default: priority 5, age 0s, no criteria.',
  'routing.priority': '1 is the most urgent. Default 5.',
  age: 'Seconds that the flow adds to the time in queue, such as 5m or -30s. Default 0s.',
  routingCriteria: 'Routing criteria as the Amazon Connect API takes them.',
  route: 'Routing criteria in short, as in policies: ["Language:Spanish >= 3 for 30s"].',
  share: 'The share of the arrivals of the scenario, from 0 to 1.',
  handling:
    'The handling time, log-normal: mean and variation, or median and sigma; exponential; or a list of values.',
  distribution: 'log-normal (default) or exponential, with a mean alone.',
  variation: 'The standard deviation divided by the mean. Default 0.8.',
  sigma: 'The standard deviation of the logarithm.',
  patience: 'The time until a customer abandons, Weibull: mean and shape. Default: customers do not abandon.',
  transfer:
    'After handling, a share of the customers waits in another queue for a second agent. A list for several queues.',
  by: 'Who transfers: agent (default), by a quick connect that keeps the enqueue time; or flow, which queues the customer anew.',
  redial: 'A share of the customers who abandoned calls again, after this time on average.',
  updateRate:
    'The quota of UpdateContactRoutingData in calls per second, per account and Region. Default 20.',
};

/** The JSON Schema of scenarios, generated from the schema that checks them. */
export function scenarioJsonSchema(): object {
  return toJsonSchema(scenarioSchema, 'A scenario', DESCRIPTIONS);
}
