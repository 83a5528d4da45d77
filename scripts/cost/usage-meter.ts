import type { RequestLogEntry } from '../../local/endpoint/request-log.ts';
import { DynamoDbMeter } from './dynamodb-meter.ts';
import type { BilledFunction } from './prices.ts';

/** What AWS charges for, counted. */
export interface Usage {
  /** Requests by `service.operation`, in the order of their names; polls that bring nothing are left out. */
  readonly requests: Readonly<Record<string, number>>;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly sqsRequests: number;
  readonly fifoRequests: number;
  readonly invocations: Readonly<Partial<Record<BilledFunction, number>>>;
  /** What the functions wrote to their logs, metrics included. */
  readonly logBytes: number;
}

/** Requests of whoever looks at the system from outside, and those by which the test of it knows that it is idle. */
const UNBILLED_REQUESTS = ['sqs.GetQueueAttributes', 'sqs.CreateQueue', 'dynamodb.DescribeTable'];

/** Counts the requests to the endpoint as AWS would charge for them. */
export class UsageMeter {
  readonly #dynamoDb = new DynamoDbMeter();
  #requests = new Map<string, number>();
  #units = { read: 0, write: 0 };
  #sqs = { standard: 0, fifo: 0 };
  #invocations = new Map<BilledFunction, number>();

  /** To be told of every request, from the first on. */
  countRequest(exchange: RequestLogEntry): void {
    const { name } = exchange;
    if (UNBILLED_REQUESTS.includes(name)) return;
    const [service] = name.split('.');
    if (service === 'dynamodb' && name !== 'dynamodb.CreateTable') {
      const { read, write } = this.#dynamoDb.countUnits(exchange);
      this.#units = { read: this.#units.read + read, write: this.#units.write + write };
    }
    if (service === 'sqs') {
      const { QueueUrl = '' } = JSON.parse(exchange.requestBody()) as { QueueUrl?: string };
      const isFifo = QueueUrl.endsWith('.fifo');
      if (name === 'sqs.ReceiveMessage') {
        if (!hasMessages(exchange)) return;
        // A batch is an invocation.
        this.countInvocation(isFifo ? 'dispatch' : 'ruleMessages');
      }
      this.#sqs[isFifo ? 'fifo' : 'standard'] += 1;
    }
    this.#requests.set(name, (this.#requests.get(name) ?? 0) + 1);
  }

  /** A function was invoked. */
  countInvocation(name: BilledFunction): void {
    this.#invocations.set(name, (this.#invocations.get(name) ?? 0) + 1);
  }

  /** What was counted since the last time. */
  takeUsage(logBytes: number): Usage {
    const usage = {
      requests: Object.fromEntries([...this.#requests].sort(([a], [b]) => (a < b ? -1 : 1))),
      readUnits: this.#units.read,
      writeUnits: this.#units.write,
      sqsRequests: this.#sqs.standard,
      fifoRequests: this.#sqs.fifo,
      invocations: Object.fromEntries(this.#invocations),
      logBytes,
    };
    this.#requests = new Map();
    this.#units = { read: 0, write: 0 };
    this.#sqs = { standard: 0, fifo: 0 };
    this.#invocations = new Map();
    return usage;
  }
}

function hasMessages(exchange: RequestLogEntry): boolean {
  const { Messages = [] } = JSON.parse(exchange.responseBody() || '{}') as { Messages?: unknown[] };
  return Messages.length > 0;
}
