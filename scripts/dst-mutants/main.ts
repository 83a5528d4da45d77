import { availableParallelism } from 'node:os';
import { Argument, Command } from 'commander';
import { integer } from '../../cli/options/integer.ts';
import { ADAPTER_MUTANTS } from './adapter-mutants.ts';
import { CodeCopy } from './code-copy.ts';
import { ADAPTERS_SEEDS, hunt, type Outcome, SEEDS, WORLD_SEEDS } from './hunt.ts';
import { MUTANTS, type Mutant } from './mutants.ts';

/*
 * Mutation testing of deterministic simulation testing (DST): puts one deliberate defect after another into a
 * copy of the code, and checks that DST finds it.
 */

interface Options {
  readonly processes: number;
}

const ALL = [...MUTANTS, ...ADAPTER_MUTANTS];

/** The longest part of what a campaign wrote to standard error that is printed, in characters. */
const MAX_ERROR_LENGTH = 2_000;

const command = new Command('npm run dst:mutants --')
  .description(
    `Checks that deterministic simulation testing (DST) finds each mutant: within ${SEEDS} seeds, one of some worlds within\n${WORLD_SEEDS}, of which those worlds are run, or one in the adapters ` +
      `within ${ADAPTERS_SEEDS} seeds through them.\nExits with 1 when it does not, and with 2 after a usage error.`,
  )
  .addArgument(
    new Argument('[names...]', 'the mutants to run (default: all)').choices(ALL.map(({ name }) => name)),
  )
  .option(
    '--processes <count>',
    'number of mutants at a time, each in a copy of the code and with one core',
    integer(1),
    availableParallelism(),
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .parse();
const names = command.args;
const mutants = ALL.filter(({ name }) => names.length === 0 || names.includes(name));
const waiting = [...mutants];
const missed: Mutant[] = [];
let finished = 0;

const startedAt = performance.now();
await Promise.all(Array.from({ length: Math.min(command.opts<Options>().processes, mutants.length) }, work));
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(0);
console.log(
  `${mutants.length - missed.length} of ${mutants.length} deliberate defects found, in ${minutes} min.`,
);
if (missed.length > 0) {
  console.log(`Missed: ${missed.map(({ name }) => name).join(' ')}`);
  process.exitCode = 1;
}

/** Takes one mutant after another, until none waits. */
async function work(): Promise<void> {
  const copy = new CodeCopy();
  try {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const outcome = await hunt(mutant, copy);
      finished += 1;
      if (outcome.kind === 'missed') missed.push(mutant);
      print(mutant, outcome);
    }
  } finally {
    copy.remove();
  }
}

/** Prints an outcome as it comes, with how many there are so far. */
function print(mutant: Mutant, outcome: Outcome): void {
  const { length } = String(mutants.length);
  const progress = `${String(finished).padStart(length)}/${mutants.length}`;
  const name = mutant.name.padEnd(34);
  if (outcome.kind === 'found') {
    const { seed, invariant } = outcome;
    console.log(`${progress}  found   ${name} by seed ${String(seed).padStart(5)}, invariant ${invariant}`);
    return;
  }
  console.log(`${progress}  MISSED  ${name} ${mutant.defect}`);
  if (outcome.error !== '') console.log(outcome.error.slice(-MAX_ERROR_LENGTH));
}
