import { buildApp } from 'fauxqs';
import type { RawService } from '../endpoint/raw-service.ts';

/** Number of messages in a queue, by state. */
export interface QueueDepth {
  readonly name: string;
  /** Can be received now. */
  readonly visible: number;
  /** Received, and neither deleted nor visible again. */
  readonly inFlight: number;
  /** Cannot be received before their delay ends. */
  readonly delayed: number;
}

export interface Sqs extends RawService {
  /** The depth of every queue, by queue name. */
  depths(): Promise<ReadonlyMap<string, QueueDepth>>;
}

/** The only account of fauxqs. */
const FAUXQS_ACCOUNT = '000000000000';
const FAUXQS_QUEUE_URL = new RegExp(`http://sqs\\.[\\w-]+\\.localhost(:\\d+)?/${FAUXQS_ACCOUNT}/`, 'g');

/** The operations whose responses contain queue URLs or ARNs. */
const NAMING_OPERATIONS = ['CreateQueue', 'GetQueueUrl', 'ListQueues', 'GetQueueAttributes'];

/** The sender of each message, as fauxqs names it in an answer. Within a body the quotes would be escaped. */
const FAUXQS_SENDER = `"SenderId":"${FAUXQS_ACCOUNT}"`;

/**
 * SQS: fauxqs, without its own port. Queue URLs contain the host and port of the client's request, so they
 * point to this endpoint. ARNs, URLs and the ids of senders contain `account`: no signature is checked, so each sender
 * is the root of the account, as STS and SSM say.
 *
 * Differs from SQS: fauxqs delivers one message of a FIFO message group at a time, SQS up to ten.
 */
export async function createSqs(options: {
  readonly region: string;
  readonly account: string;
  /** Called with the URL of the queue and the body of each message, before it is accepted. */
  readonly onSend?: (queueUrl: string, body: string) => void;
}): Promise<Sqs> {
  const app = buildApp({ logger: false, defaultRegion: options.region });
  app.addHook('preHandler', async (request) => {
    const { Attributes: attributes } = (request.body ?? {}) as { Attributes?: Record<string, string> };
    for (const name of ['RedrivePolicy', 'RedriveAllowPolicy']) {
      const policy = attributes?.[name];
      if (policy) attributes[name] = policy.replaceAll(`:${options.account}:`, `:${FAUXQS_ACCOUNT}:`);
    }
    for (const { url, body } of sentMessages(request.body)) options.onSend?.(url, body);
  });
  app.addHook('onSend', async (request, _reply, body) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    if (typeof body !== 'string') return body;
    if (operation === 'ReceiveMessage') {
      return body.replaceAll(FAUXQS_SENDER, `"SenderId":"${options.account}"`);
    }
    if (!NAMING_OPERATIONS.includes(operation)) return body;
    return body
      .replaceAll(FAUXQS_QUEUE_URL, `http://${request.headers.host}/${options.account}/`)
      .replaceAll(`:${FAUXQS_ACCOUNT}:`, `:${options.account}:`);
  });
  await app.ready();
  return {
    handle(request, response) {
      // A client may send to the queue's URL. fauxqs accepts requests to the root path only.
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

/** The messages of a request, if it is SendMessage or SendMessageBatch: no other has bodies of messages. */
function sentMessages(request: unknown): { readonly url: string; readonly body: string }[] {
  const { QueueUrl: url = '', MessageBody, Entries } = (request ?? {}) as SendRequest;
  const bodies = [MessageBody, ...(Entries ?? []).map((entry) => entry.MessageBody)];
  return bodies.flatMap((body) => (body === undefined ? [] : [{ url, body }]));
}

interface SendRequest {
  readonly QueueUrl?: string;
  readonly MessageBody?: string;
  readonly Entries?: readonly { readonly MessageBody?: string }[];
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
