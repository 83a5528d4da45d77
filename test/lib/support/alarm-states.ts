import { evaluate, type Semantics, type Series } from './metric-math.ts';

/** The properties of an alarm in a template. */
interface AlarmProperties {
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly TreatMissingData: string;
  readonly MetricName?: string;
  readonly Metrics?: readonly {
    readonly Id: string;
    readonly Expression?: string;
    readonly ReturnData?: boolean;
  }[];
}

/** CloudWatch reads somewhat more periods than an alarm has. */
const EXTRA_PERIODS = 5;

/**
 * The state of an alarm after each period, as "Configuring how CloudWatch alarms treat missing data" describes it. It
 * begins with INSUFFICIENT_DATA, as a new alarm does.
 *
 * @param series - a value for each period, by the id of the metric; `metric` for an alarm without math.
 */
export function alarmStates(
  alarm: AlarmProperties,
  series: Record<string, Series>,
  semantics: Semantics = { fillsEmpty: true },
): string[] {
  const length = Math.max(...Object.values(series).map((values) => values.length));
  const states: string[] = [];
  for (let end = 1; end <= length; end++) {
    const start = Math.max(0, end - alarm.EvaluationPeriods - EXTRA_PERIODS);
    const read = Object.fromEntries(
      Object.entries(series).map(([id, values]) => [
        id,
        Array.from({ length: end - start }, (_, index) => values[start + index]),
      ]),
    );
    const points = valuesOf(alarm, read, semantics).slice(-alarm.EvaluationPeriods);
    states.push(stateOf(alarm, points, states.at(-1) ?? 'INSUFFICIENT_DATA'));
  }
  return states;
}

function valuesOf({ Metrics }: AlarmProperties, read: Record<string, Series>, semantics: Semantics): Series {
  const known = { ...read };
  const expressions = (Metrics ?? []).filter(({ Expression }) => Expression !== undefined);
  // Expressions may use one another, in any order.
  const inOrder = expressions.toSorted((a, b) => Number(a.ReturnData ?? true) - Number(b.ReturnData ?? true));
  for (const { Id, Expression = '' } of inOrder) known[Id] = evaluate(Expression, known, semantics);
  return known[inOrder.at(-1)?.Id ?? 'metric'] ?? [];
}

function stateOf(alarm: AlarmProperties, points: Series, before: string): string {
  const { Threshold, EvaluationPeriods, DatapointsToAlarm, TreatMissingData } = alarm;
  const real = points.filter((value) => value !== undefined);
  const breaching = real.filter((value) => value >= Threshold).length;
  if (breaching >= DatapointsToAlarm) return 'ALARM';
  const fine = TreatMissingData === 'notBreaching' ? EvaluationPeriods - breaching : real.length - breaching;
  return fine > EvaluationPeriods - DatapointsToAlarm ? 'OK' : before;
}
