import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { clockBuffer } from '../time/clock.ts';
import { type ExecutionEnvironment, startExecutionEnvironment } from './execution-environment.ts';
import { FunctionError } from './function-error.ts';
import { type AwsLocation, workerEnvironment } from './worker-environment.ts';

export interface FunctionOptions {
  readonly name: string;
  /** The module that exports `handler`: a path or a URL, of TypeScript source or of a bundle. */
  readonly module: string | URL;
  readonly aws: AwsLocation;
  /** Environment variables beside those that Lambda sets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Longest time of an invocation, in milliseconds of the installed clock. */
  readonly timeoutMs: number;
  /** Invocations that run at a time, at most, each in a thread of its own. Others wait their turn. */
  readonly concurrency: number;
  /** File that what the function writes to stdout and stderr is appended to. */
  readonly logFile: string;
}

/** A function of the local Lambda. */
export interface LocalFunction {
  readonly name: string;
  readonly arn: string;
  /**
   * Runs the handler and resolves to its result, `null` where it returned nothing.
   *
   * @param requestId of the invocation; a retry has that of the first attempt.
   * @throws FunctionError when the invocation failed.
   */
  invoke(event: unknown, requestId?: string): Promise<unknown>;
  /**
   * Starts every thread and resolves when the handler is imported in each, as provisioned concurrency does. In
   * scaled time a cold start would take the more of it, the faster the clock.
   */
  warmUp(): Promise<void>;
  /** Invocations that run or wait their turn. */
  pending(): number;
  /** Ends the threads; invocations under way fail. */
  stop(): Promise<void>;
}

/** What a function says it has. Threads share this process's memory, so nothing enforces it. */
const MEMORY_MB = 512;

/** Makes a function. Its threads are started when they are needed, unless warmed up, and kept. */
export function startFunction(options: FunctionOptions): LocalFunction {
  const { name, aws: cloud } = options;
  const arn = `arn:aws:lambda:${cloud.region}:${cloud.account}:function:${name}`;
  const log = openLog(options.logFile);
  const environments = new Set<ExecutionEnvironment>();
  const idle: ExecutionEnvironment[] = [];
  const waiting: (() => void)[] = [];
  let freeSlots = options.concurrency;
  let pending = 0;

  function startEnvironment(): ExecutionEnvironment {
    return startExecutionEnvironment({
      setup: {
        module: (options.module instanceof URL ? options.module : pathToFileURL(options.module)).href,
        clock: clockBuffer(),
        functionName: name,
        functionArn: arn,
        memoryMb: MEMORY_MB,
      },
      environment: workerEnvironment(name, MEMORY_MB, cloud, options.environment),
      timeoutMs: options.timeoutMs,
      log,
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
    const started = startEnvironment();
    environments.add(started);
    return started;
  }

  /** The environment used last, as Lambda does, so that those not needed stay idle. */
  function takeEnvironment(): ExecutionEnvironment {
    const kept = idle.pop();
    if (kept?.isAlive()) return kept;
    if (kept) {
      environments.delete(kept);
      return takeEnvironment();
    }
    return addEnvironment();
  }

  async function run(event: unknown, requestId: string): Promise<unknown> {
    await acquireSlot();
    const used = takeEnvironment();
    try {
      return await used.run(requestId, JSON.stringify(event));
    } catch (error) {
      if (error instanceof FunctionError) log.write(`${formatErrorLine(name, requestId, error)}\n`);
      throw error;
    } finally {
      idle.push(used);
      releaseSlot();
    }
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
      await Promise.all([...environments].map(({ initialized: settled }) => settled));
    },
    pending: () => pending,
    async stop() {
      await Promise.all([...environments].map((environment) => environment.stop()));
      log.end();
      await finished(log);
    },
  };
}

function openLog(file: string): WriteStream {
  mkdirSync(dirname(file), { recursive: true });
  // Every thread is piped into it, twice.
  return createWriteStream(file, { flags: 'a' }).setMaxListeners(0);
}

/** Like the line that Lambda writes for an invocation that failed. */
function formatErrorLine(functionName: string, requestId: string, { payload }: FunctionError): string {
  return JSON.stringify({
    level: 'ERROR',
    timestamp: new Date().toISOString(),
    function_name: functionName,
    function_request_id: requestId,
    ...payload,
  });
}
