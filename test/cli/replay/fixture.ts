import type { ReplayResult } from '../../../sim/replay/result.ts';
import { cli, directoryWith } from '../support/run-cli.ts';

const START = Date.parse('2026-11-23T10:00:00Z');
const ARN = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1';

/** The time so many seconds after the start of the recording, in ISO 8601. */
export function at(seconds: number): string {
  return new Date(START + seconds * 1_000).toISOString();
}

export interface QueueVisit {
  readonly contactId: string;
  readonly tier?: string;
  readonly queue?: string;
  readonly channel?: string;
  readonly previousContactId?: string;
  /** Seconds after the start of the recording, as all times here. */
  readonly queuedAt: number;
  readonly connectedAt?: number;
  /** When the customer hangs up while waiting. */
  readonly hungUpAt?: number;
}

/** The events of a contact that is queued and leaves. */
export function eventsOf(visit: QueueVisit): object[] {
  const { contactId, queuedAt, connectedAt, hungUpAt } = visit;
  return [
    event('QUEUED', queuedAt, visit),
    ...(connectedAt === undefined
      ? []
      : [
          event('CONNECTED_TO_AGENT', connectedAt, visit, {
            agentInfo: { agentArn: `${ARN}/agent/ann`, connectedToAgentTimestamp: at(connectedAt) },
          }),
        ]),
    ...(hungUpAt === undefined
      ? []
      : [event('DISCONNECTED', hungUpAt, visit, { disconnectTimestamp: at(hungUpAt) })]),
  ].map((one) => ({ ...one, id: `${contactId} ${one.detail.eventType}` }));
}

/** An event as EventBridge delivers it, with its time in whole seconds. */
export function event(eventType: string, seconds: number, visit: QueueVisit, more: object = {}) {
  const { contactId, tier, queue = 'q', channel = 'VOICE', previousContactId, queuedAt } = visit;
  return {
    version: '0',
    'detail-type': 'Amazon Connect Contact Event',
    source: 'aws.connect',
    account: '123456789012',
    time: `${at(seconds).slice(0, 19)}Z`,
    region: 'eu-central-1',
    resources: [`${ARN}/contact/${contactId}`, ARN],
    detail: {
      eventType,
      contactId,
      ...(previousContactId === undefined ? {} : { previousContactId }),
      channel,
      instanceArn: ARN,
      initiationMethod: previousContactId === undefined ? 'INBOUND' : 'TRANSFER',
      initiationTimestamp: at(queuedAt - 10),
      queueInfo: { queueArn: queueArn(queue), enqueueTimestamp: at(queuedAt), queueType: 'STANDARD' },
      ...(tier === undefined ? {} : { tags: { tier } }),
      ...more,
    },
  };
}

export function queueArn(queue: string): string {
  return `${ARN}/queue/${queue}`;
}

export function linesOf(...events: readonly object[]): string {
  return events.map((one) => `${JSON.stringify(one)}\n`).join('');
}

/**
 * Runs `escalator replay --json`.
 *
 * @param sets - `{ set: { policy: source } }`, or `{ set: { file: text } }`.
 */
export async function replayed(
  recording: string,
  sets: Readonly<Record<string, Readonly<Record<string, object | string>>>>,
  args: readonly string[] = [],
): Promise<ReplayResult & { readonly err: string }> {
  const files = Object.entries(sets).flatMap(([set, policies]) =>
    Object.entries(policies).map(([name, source]) =>
      typeof source === 'string'
        ? [`${set}/${name}`, source]
        : [`${set}/${name}.json`, JSON.stringify(source)],
    ),
  );
  const directory = directoryWith({ ...Object.fromEntries(files), 'recording.jsonl': recording });
  try {
    const policies = Object.keys(sets).flatMap((set) => ['--policies', set]);
    const { code, out, err } = await cli(['replay', 'recording.jsonl', ...policies, '--json', ...args], {
      cwd: directory.path,
    });
    if (code !== 0) throw new Error(`exit code ${code}: ${err}`);
    return { ...JSON.parse(out), err };
  } finally {
    directory.remove();
  }
}
