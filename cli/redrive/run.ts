import { SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterQueueName } from '../../lambda/aws/deployment.ts';
import { clientConfig } from '../aws/clients.ts';
import { findDeployment } from '../aws/deployment.ts';
import type { AwsOptions, PrefixOptions } from '../aws/options.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import type { Io } from '../io.ts';
import { createProgress } from '../progress.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { byQueue, deletionText, letterText, queueText, redriveJson } from './print.ts';
import { type Handled, isSentOn, redriveAll } from './redrive.ts';
import { outgoing } from './send-on.ts';

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
  io: Io,
): Promise<ExitCode> {
  const deployment = await findDeployment(options);
  const client = new SQSClient(clientConfig(options));
  const queues = byQueue(names).map(
    (name) => new DeadLetterQueue(name, deployment.deadLetterQueueUrls[name], client),
  );
  const handled: Handled[] = [];
  const { dryRun = false } = options;
  const progress = createProgress(io);
  try {
    const depths = await Promise.all(queues.map((queue) => queue.depth()));
    const depth = depths.reduce((total, one) => total + one, 0);
    await redriveAll(queues, {
      outgoing: outgoing(client, deployment),
      dryRun,
      malformed: options.malformed ?? false,
      max: options.max ?? Number.POSITIVE_INFINITY,
      tell(one) {
        handled.push(one);
        progress.show(`${one.letter.queue}: ${handled.length} of about ${depth} dead letters`);
      },
    });
    tellHidden(queues, depths, handled, options, io);
  } finally {
    progress.end();
    client.destroy();
    report(queues, handled, options, io);
  }
  tellDeletion(queues, handled, options, io);
  return handled.every(({ outcome }) => isSentOn(outcome.kind)) ? EXIT.ok : EXIT.problems;
}

function report(
  queues: readonly DeadLetterQueue[],
  handled: readonly Handled[],
  { json, dryRun = false }: RedriveOptions,
  io: Io,
): void {
  const now = io.now();
  if (json) {
    io.out(`${JSON.stringify(redriveJson(handled, dryRun, now), null, 2)}\n`);
    return;
  }
  for (const one of handled) {
    if (dryRun) io.out(letterText(one, now));
    else if (!isSentOn(one.outcome.kind)) io.err(letterText(one, now));
  }
  for (const { name } of queues) {
    const ofQueue = handled.filter(({ letter }) => letter.queue === name);
    io.out(queueText(name, ofQueue, dryRun));
  }
}

/** Only when a run has sent on all that it could: then nothing else is left. */
function tellDeletion(
  queues: readonly DeadLetterQueue[],
  handled: readonly Handled[],
  { dryRun, json, max }: RedriveOptions,
  io: Io,
): void {
  if (dryRun || json || max !== undefined) return;
  for (const { name, url } of queues) {
    const left = handled.filter(({ letter, outcome }) => letter.queue === name && !isSentOn(outcome.kind));
    const isHopeless = left.every(({ outcome }) => outcome.kind !== 'came-back');
    if (left.length > 0 && isHopeless) io.err(deletionText(name, url));
  }
}

/** In a FIFO queue the first messages hide the others until they are gone, so a dry run sees no more. */
function tellHidden(
  queues: readonly DeadLetterQueue[],
  depths: readonly number[],
  handled: readonly Handled[],
  { dryRun, max }: RedriveOptions,
  io: Io,
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
