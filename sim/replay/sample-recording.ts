import { ContactCentre } from '../centre/index.ts';
import { isoTime } from '../centre/iso-time.ts';
import { seededRandom } from '../random.ts';
import { type StreamSpec, Workload } from '../workload/index.ts';

const STARTS_AT = Date.parse('2026-11-23T08:00:00Z');
const MINUTE_MS = 60_000;

const INSTANCE = {
  id: '11111111-2222-3333-4444-555555555555',
  account: '123456789012',
  region: 'eu-central-1',
} as const;

/**
 * A busy Monday morning as an EventBridge rule would have logged it, one event per line: gold and silver
 * callers, chats, transfers and redials in a contact centre without policies, and a rule event about a long
 * queue. Always the same.
 */
export function sampleRecording(): string[] {
  const lines: string[] = [];
  const log = (value: object) => lines.push(JSON.stringify(value));
  const centre = new ContactCentre({
    instance: INSTANCE,
    queues: [{ id: 'support' }, { id: 'billing' }],
    agents: ['ann', 'ben', 'cem', 'dee', 'eva'].map((id) => ({
      id,
      queues: ['support', 'billing'].map((queueId) => ({ queueId, priority: 1 })),
      channels: ['VOICE', 'CHAT'],
    })),
    random: seededRandom(1),
    publish: log,
    onDisconnected: (contact) => workload.onDisconnected(contact),
  });
  const workload = new Workload(
    {
      dayBeganAt: Date.parse('2026-11-23T00:00:00Z'),
      startsAt: STARTS_AT,
      endsAt: STARTS_AT + 40 * MINUTE_MS,
      streams: [
        sampleStream('gold', 'VOICE', 25),
        sampleStream('silver', 'VOICE', 70),
        sampleStream('chat', 'CHAT', 20),
      ],
    },
    { seed: 1, run: 0 },
  );
  workload.attach(centre);
  const queueArn = `arn:aws:connect:${INSTANCE.region}:${INSTANCE.account}:instance/${INSTANCE.id}/queue/support`;
  centre.schedule(STARTS_AT + 36 * MINUTE_MS, (now) => log(queueTooLongEvent(queueArn, now)));
  centre.advance(STARTS_AT + 60 * MINUTE_MS);
  return lines;
}

function sampleStream(name: string, channel: string, perHour: number): StreamSpec {
  return {
    name,
    arrivals: { shape: 'step', points: [{ atMs: 0, perHour }] },
    contact: {
      channel,
      initiationMethod: channel === 'CHAT' ? 'API' : 'INBOUND',
      queueId: 'support',
      tags: { tier: name },
    },
    handling: { kind: 'log-normal', meanMs: 210_000, variation: 0.6 },
    patience: { kind: 'exponential', meanMs: 9 * MINUTE_MS },
    transfers: [{ by: 'flow', probability: 0.1, queueId: 'billing' }],
    redial: { probability: 0.3, delay: { kind: 'exponential', meanMs: 4 * MINUTE_MS } },
  };
}

function queueTooLongEvent(queueArn: string, now: number): object {
  const instanceArn = queueArn.slice(0, queueArn.indexOf('/queue/'));
  return {
    version: '0',
    id: '0c7b1c9e-52f5-4f0d-9a0f-6f4f8f7c2a11',
    'detail-type': 'Metrics Rules Matched',
    source: 'aws.connect',
    account: INSTANCE.account,
    time: `${isoTime(now).slice(0, 19)}Z`,
    region: INSTANCE.region,
    resources: [queueArn],
    detail: { ruleName: 'queue too long', actionName: 'tell the escalator', instanceArn },
  };
}
