import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { type Candidate, NONE } from '../../sim/recommend/candidate.ts';
import { recommend } from '../../sim/recommend/recommend.ts';
import type { Recommendation } from '../../sim/recommend/recommendation.ts';
import type { Point } from '../../sim/recommend/search/space.ts';
import type { SimulateRuns } from '../../sim/recommend/trials.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { backTestedScenario } from '../backtest/back-tested-scenario.ts';
import { formatFindings } from '../check/format.ts';
import { reportInvalid } from '../check/report-invalid.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { coresOf } from '../options/cores.ts';
import type { SimulationCommandOptions } from '../options/simulation.ts';
import { createProgress } from '../progress.ts';
import { readGoals } from '../simulate/goals.ts';
import { validateReportPath, writeReport } from '../simulate/report.ts';
import { readScenario } from '../simulate/scenario.ts';
import { isError } from '../sources/validate.ts';
import type { SetTexts } from '../threads/messages.ts';
import { createThreadPool, type ThreadPool } from '../threads/thread-pool.ts';
import { type BesideSet, readBesideSets } from './beside-sets.ts';
import { type DraftSet, readDraftSet, validateAt } from './draft-set.ts';
import { formatRecommendation } from './format.ts';
import { toJson } from './json.ts';
import { reportOf } from './report.ts';
import { type Output, refuseFullDirectory, writePolicies } from './write-policies.ts';

export interface RecommendOptions extends SimulationCommandOptions {
  /** A directory or file of drafts. */
  readonly policies: string;
  /** A file of goals. */
  readonly goals: string;
  /** Seconds. */
  readonly budget: number;
  /** Directories of policies to compare the recommendation with. */
  readonly beside: readonly string[];
  /** The directory for the chosen policies. */
  readonly output?: string;
  readonly force?: boolean;
  /** Whether the scenario is taken as it is, also without a back-test that trusts it. */
  readonly withoutBacktest?: boolean;
  readonly json?: boolean;
  /** The file to write the report to. */
  readonly report?: string;
}

/**
 * `escalator recommend`: chooses the free values of drafts. Exits with 1 if no candidate can be recommended, or an
 * input is invalid.
 */
export async function runRecommend(
  file: string,
  options: RecommendOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const { scenario: written, findings } = await readScenario(file, io.cwd, options.hours);
  if (!written) return reportInvalid(findings, io);
  const { goals, findings: problems } = await readGoals(options.goals, written, io.cwd);
  const { set, errors } = await readDraftSet(options.policies, written.settings, io);
  const beside = await readBesideSets(options.beside, written.settings, io);
  const invalid = [...problems, ...errors, ...beside.errors];
  if (invalid.length > 0) return reportInvalid(invalid, io);
  const output: Output | undefined =
    options.output === undefined ? undefined : { directory: options.output, force: options.force === true };
  if (output) await refuseFullDirectory(output, io.cwd);
  if (options.report !== undefined) await validateReportPath(options.report, io.cwd);
  const scenario = options.withoutBacktest ? written : await backTestedScenario(file, written, io);
  io.err(formatFindings(findings, io.columns));

  const candidates = createCandidates(set, beside.sets, scenario);
  const progress = createProgress(io);
  const pool = createThreadPool(coresOf(options.cores));
  let part = '';
  let recommendation: Recommendation;
  try {
    recommendation = await recommend({
      scenario,
      goals,
      space: set.choices.map(({ values }) => values.length),
      none: candidates.none,
      candidateAt: candidates.at,
      beside: beside.sets,
      seed: options.seed,
      budgetSeconds: options.budget,
      simulateRuns: simulateOn(pool, candidates.textsOf, (done, of) =>
        progress.show(`${part}: ${done} of ${of} runs`),
      ),
      onPart: (words) => {
        part = words;
      },
    });
  } finally {
    await pool.close();
    progress.end();
  }
  io.out(
    options.json
      ? `${JSON.stringify(toJson(recommendation, set, scenario, options.seed), null, 2)}\n`
      : formatRecommendation(recommendation, set, scenario, options.seed),
  );
  if (options.report !== undefined) {
    await writeReport(options.report, reportOf(recommendation, set, scenario, options.seed), io);
  }
  const { outcome, best } = recommendation;
  const { point } = best.candidate;
  if (output && outcome === 'recommended' && point) {
    const written = await writePolicies(output, set, point, io.cwd);
    io.err(`Policies: ${written.join(', ')}\n`);
  }
  return outcome === 'recommended' || outcome === 'none-needed' ? EXIT.ok : EXIT.problems;
}

/** The candidates of drafts, each compiled once. */
function createCandidates(set: DraftSet, beside: readonly BesideSet[], { settings }: Scenario) {
  const none: Candidate = {
    id: NONE,
    set: { policies: createPolicySet([]), settings, conditions: [] },
  };
  const texts = new Map<string, SetTexts>([
    [NONE, { sources: [], settings }],
    ...beside.map((one) => [one.candidate.id, one.texts] as const),
  ]);
  /** By the texts: values that stand in a step which is left out make no difference. */
  const known = new Map<string, Candidate | undefined>();
  return {
    none,
    at(point: Point): Candidate | undefined {
      const sources = set.sourcesAt(point);
      const key = JSON.stringify(sources);
      if (known.has(key)) return known.get(key);
      const id = point.join('-');
      const validated = validateAt(set, point, settings);
      const isValid = !validated.findings.some(isError) && validated.policies.length > 0;
      const candidate: Candidate | undefined = isValid
        ? {
            id,
            point,
            set: {
              policies: createPolicySet(validated.policies),
              settings: validated.settings,
              conditions: validated.conditions,
            },
          }
        : undefined;
      known.set(key, candidate);
      texts.set(id, { sources, settings });
      return candidate;
    },
    textsOf({ id }: Candidate): SetTexts {
      const found = texts.get(id);
      if (!found) throw new TypeError(`The candidate ${id} is not known.`);
      return found;
    },
  };
}

function simulateOn(
  pool: ThreadPool,
  textsOf: (candidate: Candidate) => SetTexts,
  onRun: (done: number, of: number) => void,
): SimulateRuns {
  return (runs, onOutcome) => {
    const tasks = runs.map(({ scenario, candidate, key, thresholds }) => ({
      scenario,
      set: textsOf(candidate),
      key,
      thresholds,
    }));
    return pool.run(tasks, (index, outcome) => {
      onOutcome(index, outcome);
      onRun(index + 1, runs.length);
    });
  };
}
