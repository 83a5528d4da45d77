import { buildApp } from 'fauxqs';
import type { RawService } from '../endpoint/raw-service.ts';

/** Messages of a queue, by what becomes of them next. */
export interface QueueDepth {
  readonly name: string;
  /** Can be received now. */
  readonly visible: number;
  /** Received, and neither deleted nor visible again. */
  readonly inFlight: number;
  /** Not to be received before their delay is over. */
  readonly delayed: number;
}

export interface Sqs extends RawService {
  /** The depth of every queue, by name. */
  depths(): Promise<ReadonlyMap<string, QueueDepth>>;
}

/** fauxqs knows one account only. */
const FAUXQS_ACCOUNT = '000000000000';
const FAUXQS_QUEUE_URL = new RegExp(`http://sqs\\.[\\w-]+\\.localhost(:\\d+)?/${FAUXQS_ACCOUNT}/`, 'g');

/** The operations that answer with queue URLs or ARNs. */
const NAMING_OPERATIONS = ['CreateQueue', 'GetQueueUrl', 'ListQueues', 'GetQueueAttributes'];

/**
 * SQS: fauxqs, without a port of its own. Queue URLs name the host and port that the client asked, so they
 * lead back to this endpoint; ARNs and URLs carry `account`.
 *
 * fauxqs gives out one message of a FIFO message group at a time, where SQS gives out up to ten.
 */
export async function createSqs(options: {
  readonly region: string;
  readonly account: string;
}): Promise<Sqs> {
  const app = buildApp({ logger: false, defaultRegion: options.region });
  app.addHook('preHandler', async (request) => {
    const { Attributes: attributes } = (request.body ?? {}) as { Attributes?: Record<string, string> };
    for (const name of ['RedrivePolicy', 'RedriveAllowPolicy']) {
      const policy = attributes?.[name];
      if (policy) attributes[name] = policy.replaceAll(`:${options.account}:`, `:${FAUXQS_ACCOUNT}:`);
    }
  });
  app.addHook('onSend', async (request, _reply, body) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    if (typeof body !== 'string' || !NAMING_OPERATIONS.includes(operation)) return body;
    return body
      .replaceAll(FAUXQS_QUEUE_URL, `http://${request.headers.host}/${options.account}/`)
      .replaceAll(`:${FAUXQS_ACCOUNT}:`, `:${options.account}:`);
  });
  await app.ready();
  return {
    handle(request, response) {
      // A client may send to the queue's URL; fauxqs looks at the target alone, and only on the root.
      request.url = '/';
      app.routing(request, response);
    },
    async depths() {
      const response = await app.inject('/_fauxqs/queues');
      return new Map(response.json<FauxqsQueue[]>().map((queue) => [queue.name, toQueueDepth(queue)]));
    },
    async stop() {
      await app.close();
    },
  };
}

interface FauxqsQueue {
  readonly name: string;
  readonly approximateMessageCount: number;
  readonly approximateInflightCount: number;
  readonly approximateDelayedCount: number;
}

function toQueueDepth(queue: FauxqsQueue): QueueDepth {
  return {
    name: queue.name,
    visible: queue.approximateMessageCount,
    inFlight: queue.approximateInflightCount,
    delayed: queue.approximateDelayedCount,
  };
}
