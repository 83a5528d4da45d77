import type { Exchange } from '../../local/exchange.ts';
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
const NOT_BILLED_TO_CONTACTS = ['sqs.GetQueueAttributes', 'sqs.CreateQueue', 'dynamodb.DescribeTable'];

/** Counts the requests to the endpoint as AWS would charge for them. */
export class Meter {
  readonly #dynamoDb = new DynamoDbMeter();
  #requests = new Map<string, number>();
  #units = { read: 0, write: 0 };
  #sqs = { standard: 0, fifo: 0 };
  #invocations = new Map<BilledFunction, number>();

  /** To be told of every request, from the first on. */
  count(exchange: Exchange): void {
    const { name } = exchange;
    if (NOT_BILLED_TO_CONTACTS.includes(name)) return;
    const [service] = name.split('.');
    if (service === 'dynamodb' && name !== 'dynamodb.CreateTable') {
      const { read, write } = this.#dynamoDb.units(exchange);
      this.#units = { read: this.#units.read + read, write: this.#units.write + write };
    }
    if (service === 'sqs') {
      const { QueueUrl = '' } = JSON.parse(exchange.request()) as { QueueUrl?: string };
      const isFifo = QueueUrl.endsWith('.fifo');
      if (name === 'sqs.ReceiveMessage') {
        if (!bringsMessages(exchange)) return;
        // A batch is an invocation.
        this.invoked(isFifo ? 'dispatch' : 'ruleMessages');
      }
      this.#sqs[isFifo ? 'fifo' : 'standard'] += 1;
    }
    this.#requests.set(name, (this.#requests.get(name) ?? 0) + 1);
  }

  /** A function was invoked. */
  invoked(name: BilledFunction): void {
    this.#invocations.set(name, (this.#invocations.get(name) ?? 0) + 1);
  }

  /** What was counted since the last time. */
  take(logBytes: number): Usage {
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

function bringsMessages(exchange: Exchange): boolean {
  const { Messages = [] } = JSON.parse(exchange.response() || '{}') as { Messages?: unknown[] };
  return Messages.length > 0;
}
