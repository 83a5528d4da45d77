import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';
import { parseInstanceId } from '../options/connect-id.ts';
import { integer } from '../options/integer.ts';
import type { MessageMembers } from '../send/message.ts';
import type { SendOptions } from '../send/send.ts';

interface CommonOptions extends SendOptions {
  readonly id?: string;
  readonly instanceId?: string;
  readonly contactId?: string;
}

interface TtlOptions extends CommonOptions {
  readonly ttl?: string;
}

interface OperatorOptions extends CommonOptions {
  readonly actor?: string;
  readonly reason?: string;
}

interface OverrideOptions extends OperatorOptions, TtlOptions {
  readonly priority?: number;
  readonly age?: string;
  readonly route?: string[];
}

export function addSend(program: Command, { io }: CommandContext): void {
  const send = program
    .command('send')
    .description('Validates a rule message (a signal, override, release or reevaluate) and sends it.');
  const sendMessage = async (members: MessageMembers, options: SendOptions) => {
    const module = await import('../send/send.ts');
    await module.send(members, options, io);
  };
  addSignal(send, sendMessage);
  addOverride(send, sendMessage);
  addRelease(send, sendMessage);
  addQueueOptions(send.command('reevaluate').description('Reconciles every queued contact.'))
    .addHelpText('after', '\nExample:\n  escalator send reevaluate')
    .action((options: CommonOptions) => sendMessage({ type: 'reevaluate', id: options.id }, options));
}

type SendMessage = (members: MessageMembers, options: SendOptions) => Promise<void>;

function addSignal(send: Command, sendMessage: SendMessage): void {
  const signal = send
    .command('signal')
    .description('Reports a named fact about a contact, or about all contacts in a queue.')
    .argument('<signal>', 'its name, such as vip')
    .option('--contact-id <id>', 'the contact')
    .option(
      '--contact-queue <arn>',
      'the Connect queue, for all contacts in it; with --ttl for later ones, too',
    )
    .option('--queue <name>', 'the Connect queue by its name, instead of --contact-queue')
    .option('--ttl <duration>', 'when the signal expires, such as 30m (default: it does not expire)');
  addQueueOptions(addInstanceOption(signal))
    .addHelpText(
      'after',
      `
Examples:
  escalator send signal vip --contact-id 11111111-2222-3333-4444-555555555555 --ttl 30m
  escalator send signal backlog --contact-queue arn:aws:connect:eu-central-1:123456789012:instance/i/queue/q --ttl 5m
  escalator send signal backlog --queue Billing --ttl 5m`,
    )
    .action((name: string, options: TtlOptions & { contactQueue?: string }) =>
      sendMessage(
        {
          type: 'signal',
          id: options.id,
          instanceId: options.instanceId,
          contactId: options.contactId,
          queueArn: options.contactQueue,
          signal: name,
          ttl: options.ttl,
        },
        options,
      ),
    );
}

function addOverride(send: Command, sendMessage: SendMessage): void {
  const override = send
    .command('override')
    .description("Sets the routing of a contact instead of its policy's, until it is released or expires.")
    .requiredOption('--contact-id <id>', 'the contact')
    .option('--priority <number>', 'its priority; 1 is the most urgent', integer(0))
    .option('--age <duration>', 'the total adjustment of its time in queue, such as 5m')
    .option('--route <step...>', 'routing steps, such as "Language:English >= 3 for 45s"')
    .option(
      '--ttl <duration>',
      'when the override expires, such as 10m (default: it lasts until it is released)',
    );
  addQueueOptions(addInstanceOption(addOperatorOptions(override)))
    .addHelpText(
      'after',
      `
Examples:
  escalator send override --contact-id 11111111-2222-3333-4444-555555555555 --priority 1 --actor ann --ttl 10m
  escalator send override --contact-id 11111111-2222-3333-4444-555555555555 --priority 1 --dry-run`,
    )
    .action((options: OverrideOptions) =>
      sendMessage(
        {
          type: 'override',
          id: options.id,
          instanceId: options.instanceId,
          contactId: options.contactId,
          set: { priority: options.priority, age: options.age, route: options.route },
          actor: options.actor,
          reason: options.reason,
          ttl: options.ttl,
        },
        options,
      ),
    );
}

function addRelease(send: Command, sendMessage: SendMessage): void {
  const release = send
    .command('release')
    .description("Ends an override: the contact returns to its policy's routing.")
    .requiredOption('--contact-id <id>', 'the contact');
  addQueueOptions(addInstanceOption(addOperatorOptions(release)))
    .addHelpText(
      'after',
      '\nExample:\n  escalator send release --contact-id 11111111-2222-3333-4444-555555555555 --actor ann',
    )
    .action((options: OperatorOptions) =>
      sendMessage(
        {
          type: 'release',
          id: options.id,
          instanceId: options.instanceId,
          contactId: options.contactId,
          actor: options.actor,
          reason: options.reason,
        },
        options,
      ),
    );
}

function addInstanceOption(command: Command): Command {
  return command.option(
    '--instance-id <id>',
    'the Connect instance; required if the system serves several',
    parseInstanceId,
  );
}

function addOperatorOptions(command: Command): Command {
  return command
    .option('--actor <name>', 'name of the operator, for the history of the contact')
    .option('--reason <text>', 'why the operator sends it');
}

function addQueueOptions(command: Command): Command {
  const withQueue = command
    .option('--id <id>', 'makes the message idempotent: the same id has an effect only once')
    .option(
      '--queue-url <url>',
      'URL of the SQS queue (default: ESCALATOR_QUEUE_URL for signals, ESCALATOR_OPERATOR_QUEUE_URL for others, or those of the deployment)',
    )
    .option('--dry-run', 'print the message, and send nothing');
  return addAwsOptions(addPrefixOption(withQueue));
}
