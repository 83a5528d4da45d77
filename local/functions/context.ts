import type { Context } from 'aws-lambda';
import type { InvocationMessage, WorkerSetup } from './worker-messages.ts';

/** The second argument of a handler. Without the legacy callbacks, as in the Node.js 24 runtime of Lambda. */
export type LocalContext = Omit<Context, 'done' | 'fail' | 'succeed'>;

export function createContext(setup: WorkerSetup, invocation: InvocationMessage): LocalContext {
  return {
    awsRequestId: invocation.requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: setup.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: setup.functionArn,
    logGroupName: `/aws/lambda/${setup.functionName}`,
    logStreamName: 'local',
    memoryLimitInMB: String(setup.memoryMb),
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadlineAt - Date.now()),
  };
}
