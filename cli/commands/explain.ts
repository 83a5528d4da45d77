import { type Command, InvalidArgumentError } from 'commander';
import { addAwsOptions, addPrefixOption } from '../aws/options.ts';
import { parseWhen, type When } from '../explain/instant.ts';
import type { ExplainOptions } from '../explain/run.ts';
import type { CommandContext } from '../program.ts';

/** Declares `escalator explain`. */
export function addExplain(program: Command, { io, finish }: CommandContext): void {
  const command = program
    .command('explain')
    .description('Tells which policy governs a contact and why not the others, and what is sent when.')
    .option('--contact <file>', 'a contact view or a contact event, as JSON or YAML; - reads stdin')
    .option('--contact-id <id>', 'a live contact, from the table of the contacts')
    .option(
      '--instance-id <id>',
      'with --contact-id: its Connect instance (default: found for contacts that wait)',
    )
    .option('--table <name>', 'with --contact-id: the table (default: that of the deployment below --prefix)')
    .option('--policies <dir>', 'policies and settings from files (default: from SSM)')
    .option(
      '--at <when>',
      'after so long a wait, or at that time, such as 3m or 2026-11-23T10:03:00Z',
      parseAt,
    )
    .option('--json', 'print one JSON document');
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      `
Examples:
  escalator explain --contact contact.json --at 3m --policies policies
  escalator explain --contact-id 11111111-2222-3333-4444-555555555555`,
    )
    .action(async (options: ExplainOptions) => {
      const { runExplain } = await import('../explain/run.ts');
      finish(await runExplain(options, io));
    });
}

function parseAt(text: string): When {
  const found = parseWhen(text);
  if (found) return found;
  throw new InvalidArgumentError('Expected a wait such as 3m, or a time such as 2026-11-23T10:03:00Z.');
}
