import { checkAgreement, runModel } from '../../sim/theory/agreement.ts';
import { CASES, type Figure, type TheoryCase } from '../../sim/theory/cases.ts';
import { ESCALATION_CASES, RAMPS, WRONG_RATES } from '../../sim/theory/escalation-cases.ts';
import type { ModelRun } from '../../sim/theory/model.ts';
import { WRONG_MODELS } from '../../sim/theory/wrong-models.ts';

/** How much each case is simulated. */
export interface Effort {
  /** Contacts of a run; of a case with policies a tenth of them. */
  readonly contacts: number;
  /** Independent runs of a case. */
  readonly runs: number;
  readonly seed: number;
}

/** A figure of theory beside that of the simulation, in the unit of the figure. */
export interface JudgedFigure {
  readonly name: string;
  readonly unit: Figure['unit'];
  readonly theory: number;
  readonly simulated: number;
  readonly halfWidth: number;
  readonly agrees: boolean;
  readonly isNarrow: boolean;
}

export interface JudgedCase {
  /** The name of the model. */
  readonly name: string;
  readonly figures: readonly JudgedFigure[];
  /** Names of the wrong models with which the simulation agrees. */
  readonly accepted: readonly string[];
}

export const ALL_CASES: readonly TheoryCase[] = [...CASES, ...ESCALATION_CASES];

/** The confidence of the intervals in which theory must lie. */
export const CONFIDENCE = 0.999;

/** With policies, the simulation of a contact takes about ten times as long. */
const SLOWDOWN_BY_POLICIES = 10;

/** @param index - of the case in {@link ALL_CASES}. @throws RangeError when there is no such case. */
export function judgeCase(index: number, effort: Effort): JudgedCase {
  const theoryCase = ALL_CASES[index];
  if (!theoryCase) throw new RangeError(`There is no case ${index}.`);
  const runs = run(theoryCase, effort);
  return {
    name: theoryCase.model.name,
    figures: theoryCase.figures.map((figure) => {
      const { mean, halfWidth, agrees, isNarrow } = checkAgreement(figure, runs, CONFIDENCE);
      const { name, unit, theory } = figure;
      return { name, unit, theory, simulated: mean, halfWidth, agrees, isNarrow };
    }),
    accepted: [
      ...acceptedWrongModels(theoryCase, runs, effort),
      ...(theoryCase === RAMPS ? acceptedWrongRates(runs) : []),
    ],
  };
}

function run(
  { model, length }: Pick<TheoryCase, 'model' | 'length'>,
  { contacts, runs, seed }: Effort,
): ModelRun[] {
  const measured = model.policies ? Math.ceil(contacts / SLOWDOWN_BY_POLICIES) : contacts;
  return runModel(model, { ...length, measured }, { runs, seed });
}

/** Names of the wrong models of a case of which a figure agrees with the simulation. */
function acceptedWrongModels(
  { model, length }: TheoryCase,
  caseRuns: readonly ModelRun[],
  effort: Effort,
): string[] {
  return WRONG_MODELS.filter(({ caseName }) => caseName === model.name).flatMap((wrong) => {
    const wrongRuns = wrong.model ? run({ model: wrong.model, length }, effort) : caseRuns;
    const results = wrong.transform ? wrongRuns.map(wrong.transform) : wrongRuns;
    const isAccepted = wrong.figures.some((figure) => agrees(figure, results));
    return isAccepted ? [wrong.name] : [];
  });
}

/** The mean wait of one class can be near that of another theory: both classes together cannot. */
function acceptedWrongRates(runs: readonly ModelRun[]): string[] {
  return WRONG_RATES.filter(({ figures }) => figures.every((figure) => agrees(figure, runs))).map(
    ({ name }) => name,
  );
}

function agrees(figure: Figure, runs: readonly ModelRun[]): boolean {
  return checkAgreement(figure, runs, CONFIDENCE).agrees;
}
