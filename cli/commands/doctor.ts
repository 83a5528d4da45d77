import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { DoctorOptions } from '../doctor/doctor.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';

export function addDoctor(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('doctor')
    .description('Looks whether a deployment works, and says what to do. The exit code is 1 on a failure.')
    .option('--strict', 'exit with 1 on warnings, too')
    .option('--json', 'print one JSON document');
  addAwsOptions(addPrefixOption(command))
    .addHelpText('after', '\nExample:\n  escalator doctor --region eu-central-1')
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('../doctor/doctor.ts');
      setExitCode(await doctor(options, io));
    });
}
