import { SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterQueueName } from '../../lambda/aws/deployment.ts';
import { clientConfig } from '../aws/clients.ts';
import { findDeployment } from '../aws/deployment.ts';
import type { AwsOptions, PrefixOptions } from '../aws/options.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { createProgress } from '../progress.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import {
  formatDeadLetter,
  formatPurgeCommand,
  formatQueueSummary,
  sortQueues,
  toRedriveJson,
} from './format.ts';
import { type HandledDeadLetter, isResent, redriveAll } from './redrive.ts';
import { createResender } from './resender.ts';

export interface RedriveOptions extends AwsOptions, PrefixOptions {
  readonly dryRun?: boolean;
  readonly malformed?: boolean;
  /** How many messages are sent on at most. Default: all. */
  readonly max?: number;
  readonly json?: boolean;
}

/** `escalator redrive`: hands dead letters over once more. Exit code 1 when any stay. */
export async function redrive(
  names: readonly DeadLetterQueueName[],
  options: RedriveOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const deployment = await findDeployment(options);
  const client = new SQSClient(clientConfig(options));
  const queues = sortQueues(names).map(
    (name) => new DeadLetterQueue(name, deployment.deadLetterQueueUrls[name], client),
  );
  const handled: HandledDeadLetter[] = [];
  const { dryRun = false } = options;
  const progress = createProgress(io);
  try {
    const depths = await Promise.all(queues.map((queue) => queue.depth()));
    const depth = depths.reduce((total, one) => total + one, 0);
    await redriveAll(queues, {
      resender: createResender(client, deployment),
      dryRun,
      includeMalformed: options.malformed ?? false,
      max: options.max ?? Number.POSITIVE_INFINITY,
      onHandled(one) {
        handled.push(one);
        progress.show(`${one.letter.queue}: ${handled.length} of about ${depth} dead letters`);
      },
    });
    reportHidden(queues, depths, handled, options, io);
  } finally {
    progress.end();
    client.destroy();
    reportHandled(queues, handled, options, io);
  }
  suggestPurge(queues, handled, options, io);
  return handled.every(({ outcome }) => isResent(outcome.kind)) ? EXIT.ok : EXIT.problems;
}

function reportHandled(
  queues: readonly DeadLetterQueue[],
  handled: readonly HandledDeadLetter[],
  { json, dryRun = false }: RedriveOptions,
  io: CommandIo,
): void {
  const now = io.now();
  if (json) {
    io.out(`${JSON.stringify(toRedriveJson(handled, dryRun, now), null, 2)}\n`);
    return;
  }
  for (const one of handled) {
    if (dryRun) io.out(formatDeadLetter(one, now));
    else if (!isResent(one.outcome.kind)) io.err(formatDeadLetter(one, now));
  }
  for (const { name } of queues) {
    const ofQueue = handled.filter(({ letter }) => letter.queue === name);
    io.out(formatQueueSummary(name, ofQueue, dryRun));
  }
}

/** Only when a run has sent on all that it could: then nothing else is left. */
function suggestPurge(
  queues: readonly DeadLetterQueue[],
  handled: readonly HandledDeadLetter[],
  { dryRun, json, max }: RedriveOptions,
  io: CommandIo,
): void {
  if (dryRun || json || max !== undefined) return;
  for (const { name, url } of queues) {
    const left = handled.filter(({ letter, outcome }) => letter.queue === name && !isResent(outcome.kind));
    const isHopeless = left.every(({ outcome }) => outcome.kind !== 'came-back');
    if (left.length > 0 && isHopeless) io.err(formatPurgeCommand(name, url));
  }
}

/** In a FIFO queue the first messages hide the others until they are gone, so a dry run sees no more. */
function reportHidden(
  queues: readonly DeadLetterQueue[],
  depths: readonly number[],
  handled: readonly HandledDeadLetter[],
  { dryRun, max }: RedriveOptions,
  io: CommandIo,
): void {
  if (!dryRun || max !== undefined) return;
  queues.forEach(({ name, isFifo }, index) => {
    const seen = handled.filter(({ letter }) => letter.queue === name).length;
    const hidden = (depths[index] ?? 0) - seen;
    if (isFifo && hidden > 0) {
      io.err(`${name} has about ${hidden} more, which SQS shows only when those before them are gone.\n`);
    }
  });
}
