import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ExplainOptions } from '../explain/run.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';
import { parseContactId, parseInstanceId } from '../options/connect-id.ts';
import { momentOf } from '../options/time.ts';
import { timezoneOf } from '../options/timezone.ts';

export function addExplain(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('explain')
    .description(
      'Explains which policy governs a contact, why the others do not, and which updates are sent when.',
    )
    .option('--contact-file <file>', 'a contact view or a contact event, as JSON or YAML; - reads stdin')
    .option('--contact-id <id>', 'a live contact, from the contacts table', parseContactId)
    .option(
      '--instance-id <id>',
      'with --contact-id: its Connect instance (default: the only one in the settings, or the one where the ' +
        'contact is queued)',
      parseInstanceId,
    )
    .option('--table <name>', 'with --contact-id: the contacts table (default: that of the deployment)')
    .option('--policies <directory>', 'policies and settings from files (default: from SSM)')
    .option(
      '--at <moment>',
      'a wait or a time, such as 3m or 2026-11-23T10:03:00Z (default: now, or when the contact of a file was ' +
        'enqueued)',
      momentOf('--at', io.err),
    )
    .option(
      '--timezone <zone>',
      "the time zone of the times, beside UTC (default: that of the governing policy's hours or clock, or of this machine)",
      timezoneOf('--timezone', io.err),
    )
    .option('--json', 'print one JSON document, with exact values')
    .option('--record', 'with --contact-id: print the record of the contact, as JSON, and explain nothing');
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      `
Examples:
  escalator explain --contact-file contact.json --at 3m --policies policies
  escalator explain --contact-id 11111111-2222-3333-4444-555555555555`,
    )
    .action(async (options: ExplainOptions) => {
      const { explain } = await import('../explain/run.ts');
      setExitCode(await explain(options, io));
    });
}
