import { type Command, InvalidArgumentError } from 'commander';
import { addAwsOptions, addPrefixOption } from '../aws/options.ts';
import type { CommandContext } from '../program.ts';
import type { MessageMembers } from '../send/message.ts';
import type { SendOptions } from '../send/send.ts';

interface CommonOptions extends SendOptions {
  readonly id?: string;
  readonly instanceId?: string;
  readonly contact?: string;
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

/** Declares `escalator send` and what can be sent. */
export function addSend(program: Command, { io }: CommandContext): void {
  const send = program
    .command('send')
    .description('Sends a rule message, after a check: a signal, an override, a release.');
  const run = async (members: MessageMembers, options: SendOptions) => {
    const module = await import('../send/send.ts');
    await module.send(members, options, io);
  };
  addSignal(send, run);
  addOverride(send, run);
  addRelease(send, run);
  addQueueOptions(send.command('reevaluate').description('Has every contact that waits looked at again.'))
    .addHelpText('after', '\nExample:\n  escalator send reevaluate')
    .action((options: CommonOptions) => run({ type: 'reevaluate', id: options.id }, options));
}

type SendMembers = (members: MessageMembers, options: SendOptions) => Promise<void>;

function addSignal(send: Command, run: SendMembers): void {
  const signal = send
    .command('signal')
    .description('Tells a named fact about a contact, or about all that wait in a queue.')
    .argument('<signal>', 'its name, such as vip')
    .option('--contact-id, --contact <id>', 'the contact')
    .option('--queue <arn>', 'the queue, for all contacts that wait there now')
    .option('--ttl <duration>', 'how long it holds, such as 30m (default: as long as the contact waits)');
  addQueueOptions(addInstanceOption(signal))
    .addHelpText(
      'after',
      `
Examples:
  escalator send signal vip --contact 11111111-2222-3333-4444-555555555555 --ttl 30m
  escalator send signal backlog --queue arn:aws:connect:eu-central-1:123456789012:instance/i/queue/q --ttl 5m`,
    )
    .action((name: string, options: TtlOptions & { queue?: string }) =>
      run(
        {
          type: 'signal',
          ...commonMembers(options),
          contactId: options.contact,
          queueArn: options.queue,
          signal: name,
          ttl: options.ttl,
        },
        options,
      ),
    );
}

function addOverride(send: Command, run: SendMembers): void {
  const override = send
    .command('override')
    .description(
      "Sets a contact's routing in place of what its policy wants, until it is released or runs out.",
    )
    .requiredOption('--contact-id, --contact <id>', 'the contact')
    .option('--priority <number>', 'its priority, 1 being the most urgent', parseWholeNumber)
    .option('--age <duration>', 'the total adjustment of its time in queue, such as 5m')
    .option('--route <step...>', 'routing steps, such as "Language:English >= 3 for 45s"')
    .option('--ttl <duration>', 'how long it holds (default: until it is released)');
  addQueueOptions(addInstanceOption(addOperatorOptions(override)))
    .addHelpText(
      'after',
      `
Examples:
  escalator send override --contact 11111111-2222-3333-4444-555555555555 --priority 1 --actor ann --ttl 10m
  escalator send override --contact 11111111-2222-3333-4444-555555555555 --priority 1 --dry-run`,
    )
    .action((options: OverrideOptions) =>
      run(
        {
          type: 'override',
          ...commonMembers(options),
          contactId: options.contact,
          set: { priority: options.priority, age: options.age, route: options.route },
          ...operatorMembers(options),
          ttl: options.ttl,
        },
        options,
      ),
    );
}

function addRelease(send: Command, run: SendMembers): void {
  const release = send
    .command('release')
    .description('Ends an override: the contact returns to what its policy wants.')
    .requiredOption('--contact-id, --contact <id>', 'the contact');
  addQueueOptions(addInstanceOption(addOperatorOptions(release)))
    .addHelpText(
      'after',
      '\nExample:\n  escalator send release --contact 11111111-2222-3333-4444-555555555555 --actor ann',
    )
    .action((options: OperatorOptions) =>
      run(
        {
          type: 'release',
          ...commonMembers(options),
          contactId: options.contact,
          ...operatorMembers(options),
        },
        options,
      ),
    );
}

function addInstanceOption(command: Command): Command {
  return command.option('--instance-id <id>', 'the Connect instance, where several are served');
}

function addOperatorOptions(command: Command): Command {
  return command.option('--actor <name>', 'who says so').option('--reason <text>', 'why');
}

function addQueueOptions(command: Command): Command {
  const declared = addPrefixOption(
    command
      .option('--id <id>', 'makes it idempotent: the same id counts once')
      .option(
        '--queue-url <url>',
        'URL of the queue (default: ESCALATOR_QUEUE_URL, or that of the deployment below --prefix)',
      )
      .option('--dry-run', 'print the message, and send nothing'),
  );
  return addAwsOptions(declared);
}

function commonMembers({ id, instanceId }: CommonOptions) {
  return { id, instanceId };
}

function operatorMembers({ actor, reason }: OperatorOptions) {
  return { actor, reason };
}

function parseWholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number, such as 1.');
}
