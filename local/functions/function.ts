import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { embeddedMetrics } from '../metrics/embedded-metrics.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import { clockBuffer } from '../time/clock.ts';
import { type ExecutionEnvironment, startExecutionEnvironment } from './execution-environment.ts';
import { exitError, FunctionError } from './function-error.ts';
import { type AwsLocation, workerEnvironment } from './worker-environment.ts';

export interface FunctionOptions {
  readonly name: string;
  /** Path or URL of the module that exports `handler`: TypeScript source or a bundle. */
  readonly module: string | URL;
  readonly aws: AwsLocation;
  /** Environment variables in addition to those that Lambda sets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Maximum duration of an invocation, in milliseconds of the installed clock. */
  readonly timeoutMs: number;
  /** Maximum concurrent invocations. Each has its own thread. Others wait. */
  readonly concurrency: number;
  /** The function's stdout and stderr are appended to this file. */
  readonly logFile: string;
  /** Receives the metrics in the function's log, and those that Lambda itself counts. Default: none. */
  readonly metrics?: MetricStore | undefined;
}

/** A function of the local Lambda. */
export interface LocalFunction {
  readonly name: string;
  readonly arn: string;
  /**
   * Runs the handler and resolves to its result, or to `null` if it returns nothing.
   *
   * @param requestId - default: a new id. A retry has the id of the first attempt.
   * @throws FunctionError when the invocation failed.
   */
  invoke(event: unknown, requestId?: string): Promise<unknown>;
  /**
   * Starts every thread and resolves when each has imported the handler, as provisioned concurrency does. The
   * faster the clock, the more simulated time a cold start takes.
   */
  warmUp(): Promise<void>;
  /** Replaces the code, as a deployment does: invocations that run end with the old code, all others get the new. */
  deploy(module: string | URL): void;
  /** Number of invocations that run or wait for a thread. */
  pending(): number;
  /** Ends the threads. Invocations that run, or wait for a thread, fail. */
  stop(): Promise<void>;
}

/** The memory that a function reports. Nothing enforces it: threads share the memory of this process. */
const MEMORY_MB = 512;

/** Creates a function. It starts a thread when it needs one, and reuses it. */
export function startFunction(options: FunctionOptions): LocalFunction {
  const { name, aws } = options;
  const arn = `arn:aws:lambda:${aws.region}:${aws.account}:function:${name}`;
  const log = openLog(options.logFile);
  const environments = new Set<ExecutionEnvironment>();
  const idle: ExecutionEnvironment[] = [];
  /** Environments with code that was replaced. */
  const retired = new WeakSet<ExecutionEnvironment>();
  const stopping: Promise<void>[] = [];
  let { module } = options;
  const waiting: (() => void)[] = [];
  let freeSlots = options.concurrency;
  let pending = 0;
  let isStopped = false;

  function startEnvironment(): ExecutionEnvironment {
    return startExecutionEnvironment({
      setup: {
        module: (module instanceof URL ? module : pathToFileURL(module)).href,
        clock: clockBuffer(),
        functionName: name,
        functionArn: arn,
        memoryMb: MEMORY_MB,
      },
      environment: workerEnvironment(name, MEMORY_MB, aws, options.environment),
      timeoutMs: options.timeoutMs,
      log,
      onLine: (line) => {
        for (const point of embeddedMetrics(line)) options.metrics?.add(point);
      },
    });
  }

  async function acquireSlot(): Promise<void> {
    if (freeSlots > 0) freeSlots -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function releaseSlot(): void {
    const next = waiting.shift();
    if (next) next();
    else freeSlots += 1;
  }

  function addEnvironment(): ExecutionEnvironment {
    const environment = startEnvironment();
    environments.add(environment);
    return environment;
  }

  /** Takes the environment that was used last, as Lambda does, or starts one. */
  function takeEnvironment(): ExecutionEnvironment {
    const environment = idle.pop();
    if (!environment) return addEnvironment();
    if (environment.isAlive()) return environment;
    environments.delete(environment);
    return takeEnvironment();
  }

  function count(metric: string): void {
    const dimensions = { FunctionName: name };
    options.metrics?.add({ namespace: 'AWS/Lambda', name: metric, dimensions, at: Date.now(), value: 1 });
  }

  async function run(event: unknown, requestId: string): Promise<unknown> {
    await acquireSlot();
    if (isStopped) {
      releaseSlot();
      throw exitError(requestId, 0);
    }
    count('Invocations');
    const environment = takeEnvironment();
    try {
      return await environment.run(requestId, JSON.stringify(event));
    } catch (error) {
      count('Errors');
      if (error instanceof FunctionError) log.write(`${formatErrorLine(name, requestId, error)}\n`);
      throw error;
    } finally {
      if (retired.has(environment)) retire(environment);
      else idle.push(environment);
      releaseSlot();
    }
  }

  function retire(environment: ExecutionEnvironment): void {
    environments.delete(environment);
    stopping.push(environment.stop());
  }

  return {
    name,
    arn,
    async invoke(event, requestId = randomUUID()) {
      pending += 1;
      try {
        return await run(event, requestId);
      } finally {
        pending -= 1;
      }
    },
    async warmUp() {
      while (environments.size < options.concurrency) idle.push(addEnvironment());
      await Promise.all([...environments].map(({ initialized }) => initialized));
    },
    deploy(next) {
      module = next;
      for (const environment of environments) retired.add(environment);
      for (const environment of idle.splice(0)) retire(environment);
    },
    pending: () => pending,
    async stop() {
      isStopped = true;
      await Promise.all([...stopping, ...[...environments].map((environment) => environment.stop())]);
      log.end();
      await finished(log);
    },
  };
}

function openLog(file: string): WriteStream {
  mkdirSync(dirname(file), { recursive: true });
  // Each thread pipes two streams into it.
  return createWriteStream(file, { flags: 'a' }).setMaxListeners(0);
}

/** Formats the log line of a failed invocation as Lambda does. */
function formatErrorLine(functionName: string, requestId: string, { payload }: FunctionError): string {
  return JSON.stringify({
    level: 'ERROR',
    timestamp: new Date().toISOString(),
    function_name: functionName,
    function_request_id: requestId,
    ...payload,
  });
}
