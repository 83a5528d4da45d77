import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Network } from '../../../lambda/aws/clients.ts';
import type { LocalRequest, LocalResponse } from '../../../local/endpoint/http.ts';
import type { RequestKind } from '../latencies.ts';
import type { Process, ProcessContext } from '../process.ts';

/** A request on its way to a service. */
export interface Call {
  /** For the trace: the operation and what it is about. */
  readonly label: string;
  readonly kind: RequestKind;
  /** What the service does and answers; undefined: it does something, and the answer gets lost. */
  readonly perform: () => LocalResponse | undefined;
  /** How the service fails where it does nothing: one of them is chosen. */
  readonly failures: readonly LocalResponse[];
  /** What it has to do with a configuration: to write a part of it, or to put it in force. Absent: nothing. */
  readonly publishes?: 'part' | 'version';
}

/** The services behind a network. */
export type Services = (request: LocalRequest, process: Process) => Call;

/** A request of the SDK, as far as it is read here. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The time within which the SDK tries again after a failed request, in milliseconds. */
const MAX_RETRY_DELAY_MS = 1_000;

/** The longest extra latency of a slow request, in milliseconds: longer than every time-out of a client. */
const MAX_SLOW_MS = 8_000;

/** The same of a part of a configuration, in milliseconds: less than the time-out, so that others publish meanwhile. */
const MAX_SLOW_PART_MS = 4_000;

const ENDPOINT = { url: new URL('https://aws.simulated') };

/** Given explicitly, so that the SDK does not look for it in files and environment variables. */
const EXPLICIT = {
  // The header that names the operation names the service, too.
  endpointProvider: () => ENDPOINT,

  credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
  useQueueUrlAsEndpoint: false,
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  defaultsMode: 'standard',
  accountIdEndpointMode: 'disabled',
  // A tenth of the time of a run, and no service looks at it.
  signer: { sign: async <T>(request: T): Promise<T> => request },
} as const;

/**
 * The network between the SDK's clients of one process and the services. Each request is a point where a fault may
 * occur. The clients keep the configuration that is deployed: their time-outs, retries and error classification work in
 * virtual time.
 */
export class SimulatedNetwork {
  readonly #process: Process;
  readonly #context: ProcessContext;
  readonly #region: string;
  readonly #services: Services;

  constructor(process: Process, context: ProcessContext, region: string, services: Services) {
    this.#process = process;
    this.#context = context;
    this.#region = region;
    this.#services = services;
  }

  /** Puts the network under a client. */
  readonly connect: Network = (configuration) => {
    const { requestHandler } = configuration as { requestHandler?: { requestTimeout?: number } };
    const timeoutMs = requestHandler?.requestTimeout ?? Number.POSITIVE_INFINITY;
    const handler = {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: (request: SdkRequest) => this.#send(request, timeoutMs),
      destroy() {},
      updateHttpClientConfig() {},
      httpHandlerConfigs: () => ({}),
    };
    return { ...configuration, ...EXPLICIT, region: this.#region, requestHandler: handler };
  };

  #send(request: SdkRequest, timeoutMs: number): Promise<{ response: object }> {
    const process = this.#process;
    const { time, faults } = this.#context;
    if (!process.isAlive) return new Promise(() => {});
    const call = this.#services(localRequest(request), process);
    const sentAt = time.now;
    return new Promise((resolve, reject) => {
      let isOver = false;
      const timer = time.after(Math.min(timeoutMs, 1e9), () => over(() => reject(timeoutError(timeoutMs))));
      const over = (action: () => void, failed = true) => {
        if (isOver) return;
        isOver = true;
        time.cancel(timer);
        if (failed) process.recordDelay(sentAt, time.now + MAX_RETRY_DELAY_MS);
        if (process.isAlive) action();
      };
      const respond = (action: () => void, failed?: boolean) =>
        time.after(this.#context.latencies.oneWayMs(call.kind), () => over(action, failed));
      if (faults.injects('crash-before')) return process.crash(`before ${call.label}`);
      // The request arrives even where the client does not wait for its answer any more.
      time.after(this.#requestMs(call), () => {
        if (faults.injects('request-fails')) {
          this.#trace(`${call.label} fails`);
          const failure = this.#pick(call.failures);
          respond(() => (failure ? resolve(sdkResponse(failure)) : reject(resetError())));
          return;
        }
        const answer = call.perform();
        this.#trace(`${call.label}${answer ? ` ${answer.status}` : ''}`);
        // The invocation may have ended long since.
        if (isOver) return;
        if (faults.injects('crash-after')) return process.crash(`after ${call.label}`);
        if (call.kind === 'update' && faults.injects('crash-in-call'))
          return process.crash(`in ${call.label}`);
        if (!answer || faults.injects('response-lost')) return;
        if (call.publishes === 'version' && faults.injects('publication-unanswered')) return;
        respond(() => resolve(sdkResponse(answer)), answer.status >= 300);
      });
    });
  }

  #requestMs({ kind, publishes }: Call): number {
    const { faults } = this.#context;
    const latencyMs = this.#context.latencies.oneWayMs(kind);
    const isSlowPart = publishes === 'part' && faults.injects('slow-publication');
    if (!isSlowPart && !faults.injects('slow-request')) return latencyMs;
    const slowMs = latencyMs + this.#context.random() * (isSlowPart ? MAX_SLOW_PART_MS : MAX_SLOW_MS);
    const { now } = this.#context.time;
    this.#process.recordDelay(now, now + slowMs);
    return slowMs;
  }

  /** One of the failures; undefined: the connection is lost. */
  #pick(failures: readonly LocalResponse[]): LocalResponse | undefined {
    return failures[Math.floor(this.#context.random() * (failures.length + 1))];
  }

  #trace(what: string): void {
    this.#context.trace?.(`${this.#process.name} ${what}`);
  }
}

function localRequest({ method, path, query, headers, body = '' }: SdkRequest): LocalRequest {
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers,
    body: typeof body === 'string' ? body : new TextDecoder().decode(body),
  };
}

function sdkResponse({ status, headers, body }: LocalResponse): { response: object } {
  return { response: { statusCode: status, headers: { ...headers }, body: Buffer.from(body) } };
}

/** As the request handler of Node.js reports them. */
function timeoutError(timeoutMs: number): Error {
  return Object.assign(new Error(`The request took longer than ${timeoutMs} ms.`), { name: 'TimeoutError' });
}

function resetError(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}

async function load(): Promise<void> {
  const handle = async () => sdkResponse({ status: 200, body: '{}' });
  const configuration = { ...EXPLICIT, region: 'eu-central-1', requestHandler: { handle } as never };
  await new DynamoDBClient(configuration).send(
    new GetItemCommand({ TableName: 'T', Key: { pk: { S: 'k' } } }),
  );
  await new SSMClient(configuration).send(new GetParametersByPathCommand({ Path: '/' }));
}

let loading: Promise<unknown> | undefined;

/**
 * Has the SDK read its configuration files, once for all runs: later it takes them from memory, and no run waits for the
 * file system.
 */
export function loadSdkConfiguration(): Promise<unknown> {
  loading ??= load();
  return loading;
}
