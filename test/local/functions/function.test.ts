import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { FunctionOptions, LocalFunction } from '../../../local/functions/function.ts';
import { FunctionError, type FunctionErrorPayload } from '../../../local/functions/function-error.ts';
import { setClockFactor } from '../../../local/time/clock.ts';
import { createLogDirectory, handlerModule, startFixtureFunction } from '../fixtures/functions.ts';

let started: LocalFunction[] = [];

afterEach(async () => {
  await Promise.all(started.map((fn) => fn.stop()));
  started = [];
  setClockFactor(1);
});

function start(options: Partial<FunctionOptions> = {}): LocalFunction {
  const fn = startFixtureFunction(options);
  started.push(fn);
  return fn;
}

async function failure(invocation: Promise<unknown>): Promise<FunctionErrorPayload> {
  const error = await invocation.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FunctionError)) throw new Error(`Not a FunctionError: ${error}`);
  return error.payload;
}

describe('a function', () => {
  test('passes the event to its handler, with the context and the environment of Lambda', async () => {
    const result = await start({ environment: { OWN: 'variable' }, timeoutMs: 9_000 }).invoke(
      { do: 'return', value: [1, null] },
      'request-1',
    );
    expect(result).toMatchObject({
      event: { do: 'return', value: [1, null] },
      context: {
        awsRequestId: 'request-1',
        functionName: 'fixture',
        functionVersion: '$LATEST',
        invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:fixture',
        memoryLimitInMB: '512',
        logGroupName: '/aws/lambda/fixture',
      },
      environment: {
        OWN: 'variable',
        AWS_LAMBDA_FUNCTION_NAME: 'fixture',
        AWS_REGION: 'eu-central-1',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        AWS_ACCESS_KEY_ID: 'local',
        POWERTOOLS_SERVICE_NAME: 'connect-escalator',
      },
    });
    const { remainingMs, environment } = result as { remainingMs: number; environment: object };
    expect(remainingMs).toBeGreaterThan(0);
    expect(remainingMs).toBeLessThanOrEqual(9_000);
    expect(environment).not.toHaveProperty('PATH');
  });

  test('keeps the state of its module between invocations', async () => {
    const fn = start();
    await fn.invoke({ do: 'count' });
    expect(await fn.invoke({ do: 'count' })).toBe(2);
  });

  test('runs one invocation at a time in each thread, in up to `concurrency` threads', async () => {
    const fn = start({ concurrency: 2 });
    await fn.warmUp();
    const sleeping = [1, 2, 3, 4].map(() => fn.invoke({ do: 'sleep', value: 20 }));
    expect(fn.pending()).toBe(4);
    const seen = (await Promise.all(sleeping)) as { running: number; threadId: number }[];
    expect(seen.map(({ running }) => running)).toEqual([1, 1, 1, 1]);
    expect(new Set(seen.map(({ threadId }) => threadId)).size).toBe(2);
    expect(fn.pending()).toBe(0);
  });

  test('accepts a bundle or source, by path or URL', async () => {
    const bundle = join(createLogDirectory(), 'index.mjs');
    writeFileSync(bundle, 'export const handler = async (event) => ({ got: event });');
    expect(await start({ module: bundle }).invoke('x')).toEqual({ got: 'x' });
  });

  test('writes the output of its handler to its log', async () => {
    const logFile = join(createLogDirectory(), 'deep', 'fixture.log');
    const fn = start({ logFile });
    expect(await fn.invoke({ do: 'log', value: 'a line' })).toBeNull();
    await fn.stop();
    expect(readFileSync(logFile, 'utf8')).toBe('a line\na line\n');
  });

  test('follows the clock of the thread that started it', async () => {
    const fn = start();
    const before = Number(await fn.invoke({ do: 'time' }));
    setClockFactor(1_000);
    const realBefore = process.hrtime.bigint();
    await fn.invoke({ do: 'sleep', value: 60_000 });
    const after = Number(await fn.invoke({ do: 'time' }));
    expect(after - before).toBeGreaterThanOrEqual(59_000);
    expect(Number(process.hrtime.bigint() - realBefore) / 1e6).toBeLessThan(30_000);
  });
});

describe('an invocation fails', () => {
  test('with the name, message and stack of the error that the handler throws', async () => {
    expect(await failure(start().invoke({ do: 'throw', value: 'no good' }))).toEqual({
      errorType: 'OwnError',
      errorMessage: 'no good',
      trace: expect.arrayContaining(['OwnError: no good', expect.stringMatching(/behaviour\.ts:\d+:\d+\)$/)]),
    });
  });

  test('with the text of a thrown value that is not an error', async () => {
    expect(await failure(start().invoke({ do: 'throw-text', value: 'bare' }))).toEqual({
      errorType: 'string',
      errorMessage: 'bare',
      trace: [],
    });
  });

  test('when it times out, and the next one gets a new thread', async () => {
    const fn = start({ timeoutMs: 100 });
    await fn.invoke({ do: 'count' });
    expect(await failure(fn.invoke({ do: 'hang' }, 'request-1'))).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: request-1 Error: Task timed out after 0.10 seconds',
      trace: [],
    });
    expect(await fn.invoke({ do: 'count' })).toBe(1);
  });

  test('when the handler ends its process, and the next one gets a new thread', async () => {
    const fn = start();
    expect(await failure(fn.invoke({ do: 'exit', value: 3 }, 'request-1'))).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: request-1 Error: Runtime exited with error: exit status 3',
      trace: [],
    });
    expect(await fn.invoke({ do: 'count' })).toBe(1);
  });

  test('with an unhandled rejection', async () => {
    expect(await failure(start().invoke({ do: 'reject-later' }))).toMatchObject({
      errorType: 'OwnError',
      errorMessage: 'unhandled',
    });
  });

  test.each([
    ['broken-import', 'TypeError', 'The module cannot be imported.'],
    [
      'no-handler',
      'Runtime.HandlerNotFound',
      `${handlerModule('no-handler').href} does not export a function named handler.`,
    ],
  ])('each time when the module is %s', async (module, errorType, errorMessage) => {
    const fn = start({ module: handlerModule(module) });
    await fn.warmUp();
    for (const _ of [1, 2]) {
      expect(await failure(fn.invoke({}))).toMatchObject({ errorType, errorMessage });
    }
  });

  test('and its error is in the log', async () => {
    const logFile = join(createLogDirectory(), 'fixture.log');
    const fn = start({ logFile });
    await failure(fn.invoke({ do: 'throw', value: 'no good' }, 'request-1'));
    await fn.stop();
    expect(JSON.parse(readFileSync(logFile, 'utf8'))).toMatchObject({
      level: 'ERROR',
      function_name: 'fixture',
      function_request_id: 'request-1',
      errorType: 'OwnError',
      errorMessage: 'no good',
    });
  });

  test('when the function is stopped while it runs or waits for a thread', async () => {
    const fn = start({ concurrency: 1 });
    const invocations = [1, 2, 3].map(() => failure(fn.invoke({ do: 'hang' })));
    await fn.warmUp();
    await fn.stop();
    for (const one of invocations) expect(await one).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(fn.pending()).toBe(0);
  });
});
