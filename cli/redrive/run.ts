import { SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterQueueName } from '../../lambda/aws/deployment.ts';
import { clientConfig } from '../aws/clients.ts';
import { warnOfOtherVersion } from '../aws/deployed-version.ts';
import { findDeployment } from '../aws/deployment.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';
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
  readonly includeMalformed?: boolean;
  /** The most messages to resend. Default: all. */
  readonly max?: number;
  readonly json?: boolean;
}

/** `escalator redrive`: resends dead letters. Exits with 1 if any remain. */
export async function redrive(
  names: readonly DeadLetterQueueName[],
  options: RedriveOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const deployment = await findDeployment(options);
  warnOfOtherVersion(deployment, io);
  const client = new SQSClient(clientConfig(options));
  const queues = sortQueues(names).map(
    (name) => new DeadLetterQueue(name, deployment.deadLetterQueueUrls[name], client),
  );
  const handled: HandledDeadLetter[] = [];
  const { dryRun = false, includeMalformed = false, max = Number.POSITIVE_INFINITY } = options;
  const progress = createProgress(io);
  try {
    const depths = await Promise.all(queues.map((queue) => queue.depth()));
    const total = depths.reduce((sum, depth) => sum + depth, 0);
    await redriveAll(queues, {
      resender: createResender(client, deployment),
      dryRun,
      includeMalformed,
      max,
      onHandled(one) {
        handled.push(one);
        progress.show(`${one.letter.queue}: ${handled.length} of about ${total} dead letters`);
      },
    });
    reportHidden(queues, depths, handled, options, io);
  } finally {
    progress.end();
    client.destroy();
    reportHandled(queues, handled, options, io);
  }
  suggestPurge(queues, handled, options, io);
  return handled.every(({ disposition }) => isResent(disposition.kind)) ? EXIT.ok : EXIT.problems;
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
    else if (!isResent(one.disposition.kind)) io.err(formatDeadLetter(one, now));
  }
  for (const { name } of queues) {
    const ofQueue = handled.filter(({ letter }) => letter.queue === name);
    io.out(formatQueueSummary(name, ofQueue, dryRun));
  }
}

/** Only after a run without limit: then the letters that remain are those that cannot be resent. */
function suggestPurge(
  queues: readonly DeadLetterQueue[],
  handled: readonly HandledDeadLetter[],
  { dryRun, json, max }: RedriveOptions,
  io: CommandIo,
): void {
  if (dryRun || json || max !== undefined) return;
  for (const { name, url } of queues) {
    const remaining = handled.filter(
      ({ letter, disposition }) => letter.queue === name && !isResent(disposition.kind),
    );
    const canRetry = remaining.some(({ disposition }) => disposition.kind === 'returned');
    if (remaining.length > 0 && !canRetry) io.err(formatPurgeCommand(name, url));
  }
}

/**
 * The first messages of a FIFO queue hide the others until they are deleted, so a dry run does not see all.
 */
function reportHidden(
  queues: readonly DeadLetterQueue[],
  depths: readonly number[],
  handled: readonly HandledDeadLetter[],
  { dryRun, max }: RedriveOptions,
  io: CommandIo,
): void {
  if (!dryRun || max !== undefined) return;
  queues.forEach(({ name, isFifo }, index) => {
    const listed = handled.filter(({ letter }) => letter.queue === name).length;
    const hidden = (depths[index] ?? 0) - listed;
    if (isFifo && hidden > 0) {
      io.err(`${name} has about ${hidden} more, which SQS shows only after those before them are deleted.\n`);
    }
  });
}
