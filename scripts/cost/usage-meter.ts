import type { RequestLogEntry } from '../../local/endpoint/request-log.ts';
import { DynamoDbMeter } from './dynamodb-meter.ts';
import type { BilledFunction } from './prices.ts';

/** The usage that AWS charges for. */
export interface Usage {
  /** Number of requests by `service.operation`, sorted by name, without empty polls. */
  readonly requests: Readonly<Record<string, number>>;
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly sqsRequests: number;
  readonly fifoRequests: number;
  readonly invocations: Readonly<Partial<Record<BilledFunction, number>>>;
  /** Bytes that the functions wrote to their logs, metrics included. */
  readonly logBytes: number;
}

/** Requests of the measurement itself. */
const UNBILLED_REQUESTS = ['sqs.GetQueueAttributes', 'sqs.CreateQueue', 'dynamodb.DescribeTable'];

/** Counts the requests to the endpoint as AWS charges for them. */
export class UsageMeter {
  readonly #dynamoDb = new DynamoDbMeter();
  #requests = new Map<string, number>();
  #units = { read: 0, write: 0 };
  #sqs = { standard: 0, fifo: 0 };
  #invocations = new Map<BilledFunction, number>();

  /** Counts a request. Must be called for every request to DynamoDB from the first on. */
  countRequest(entry: RequestLogEntry): void {
    const { name } = entry;
    if (UNBILLED_REQUESTS.includes(name)) return;
    const [service] = name.split('.');
    if (service === 'dynamodb' && name !== 'dynamodb.CreateTable') {
      const { read, write } = this.#dynamoDb.countUnits(entry);
      this.#units = { read: this.#units.read + read, write: this.#units.write + write };
    }
    if (service === 'sqs') {
      const { QueueUrl = '' } = JSON.parse(entry.requestBody()) as { QueueUrl?: string };
      const isFifo = QueueUrl.endsWith('.fifo');
      if (name === 'sqs.ReceiveMessage') {
        if (!hasMessages(entry)) return;
        // Each batch is an invocation.
        this.countInvocation(isFifo ? 'dispatch' : 'ruleMessages');
      }
      this.#sqs[isFifo ? 'fifo' : 'standard'] += 1;
    }
    this.#requests.set(name, (this.#requests.get(name) ?? 0) + 1);
  }

  /** Counts an invocation of a function. */
  countInvocation(name: BilledFunction): void {
    this.#invocations.set(name, (this.#invocations.get(name) ?? 0) + 1);
  }

  /** Returns the usage since the last call, and starts again. */
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

function hasMessages(entry: RequestLogEntry): boolean {
  const { Messages = [] } = JSON.parse(entry.responseBody() || '{}') as { Messages?: unknown[] };
  return Messages.length > 0;
}
