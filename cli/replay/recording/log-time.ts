import { isObject, type JsonObject } from '../../../lambda/domain/json.ts';

/** A time as log tools write it. Without a zone it is UTC: that is what CloudWatch Logs prints. */
const WRITTEN_TIME = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d+))?\s?(Z|[+-]\d\d:?\d\d)?/;

const EPOCH_MILLISECONDS = /(?<!\d)1\d{12}(?!\d)/;

/** Before this many seconds, a number is in seconds; from then on, in milliseconds. */
const MAX_SECONDS = 1e11;

/** Names of members that hold when an envelope was made, without their case and signs. */
const TIME_NAMES = [
  'timestamp',
  'senttimestamp',
  'time',
  'approximatearrivaltimestamp',
  'eventtimestamp',
  'ingestiontime',
];

/** The first time in the words before an entry, in milliseconds since the epoch; undefined without one. */
export function timeInText(text: string): number | undefined {
  const [, day, clock, fraction = '', zone = 'Z'] = WRITTEN_TIME.exec(text) ?? [];
  if (day !== undefined) {
    const at = Date.parse(`${day}T${clock}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`);
    return Number.isNaN(at) ? undefined : at;
  }
  const epoch = EPOCH_MILLISECONDS.exec(text)?.[0];
  return epoch === undefined ? undefined : Number(epoch);
}

/** When an envelope was made, in milliseconds since the epoch, as CloudWatch Logs, SNS, SQS or Kinesis say it. */
export function timeOfEnvelope(envelope: JsonObject): number | undefined {
  const members = new Map(Object.entries(envelope).map(([name, value]) => [plainName(name), value]));
  for (const name of TIME_NAMES) {
    const at = timeOf(members.get(name));
    if (at !== undefined) return at;
  }
  const attributes = members.get('attributes');
  return isObject(attributes) ? timeOfEnvelope(attributes) : undefined;
}

/** A name in lower case without signs: `detail-type`, `DetailType` and `detail_type` are one name. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function timeOf(value: unknown): number | undefined {
  if (typeof value === 'string' && !/^\d+(\.\d+)?$/.test(value)) return timeInText(value);
  const number = Number(value);
  if ((typeof value !== 'number' && typeof value !== 'string') || !(number > 1e9)) return undefined;
  return Math.round(number < MAX_SECONDS ? number * 1_000 : number);
}
