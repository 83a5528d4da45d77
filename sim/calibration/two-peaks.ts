/** Two kinds of handling that one distribution hides, such as questions and complaints. */
export interface TwoPeaks {
  /** The medians of both, in seconds, the shorter one first. */
  readonly medianSeconds: readonly [number, number];
  /** The share of the shorter one. */
  readonly share: number;
}

interface Peak {
  weight: number;
  location: number;
  sigma: number;
}

/** Rounds of the fit, and the change of a location at which it ends. */
const ROUNDS = 200;
const SMALL_CHANGE = 1e-4;

// Read once: in the test environment a look-up of a global costs more than the call.
const { exp, log, max, min, sqrt } = Math;

/** More values change nothing that a person would see. */
const MOST_VALUES = 5_000;

const MIN_VALUES = 100;

/** A smaller share is a tail and no peak. */
const MIN_SHARE = 0.05;

/** The valley between both peaks is at most so high, compared with the lower one. */
const MAX_VALLEY = 0.8;

const GRID = 200;

const ROOT_OF_TWO_PI = sqrt(2 * Math.PI);

/** Added to densities, so that none is 0. */
const LEAST = Number.MIN_VALUE;

/**
 * Finds whether values have two peaks on a logarithmic scale: whether a mixture of two log-normal distributions explains
 * them much better than one (by the criterion of Schwarz 1978) and has a valley between its peaks. The mixture is fitted
 * by expectation maximization (Dempster, Laird and Rubin 1977).
 *
 * @param values - in seconds, sorted.
 * @returns undefined where one peak explains them, and for fewer than a hundred values.
 */
export function findTwoPeaks(values: readonly number[]): TwoPeaks | undefined {
  const positive = values.filter((value) => value > 0);
  const stride = max(1, Math.ceil(positive.length / MOST_VALUES));
  const logs = positive.filter((_, index) => index % stride === 0).map((value) => log(value));
  if (logs.length < MIN_VALUES) return undefined;
  const one = momentsOf(logs);
  if (!(one.sigma > 1e-6)) return undefined;
  const [short, long] = fitMixture(logs, one);
  const gain = logLikelihood(logs, [short, long]) - logLikelihood(logs, [one]);
  // Three more parameters, and ten: strong evidence (Kass and Raftery 1995).
  if (2 * gain < 3 * log(logs.length) + 10) return undefined;
  if (min(short.weight, long.weight) < MIN_SHARE || !hasValley(short, long)) return undefined;
  return { medianSeconds: [exp(short.location), exp(long.location)], share: short.weight };
}

function momentsOf(logs: readonly number[]): Peak {
  const location = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - location) ** 2, 0) / logs.length;
  return { weight: 1, location, sigma: sqrt(variance) };
}

function fitMixture(logs: readonly number[], one: Peak): [Peak, Peak] {
  const at = (share: number) => logs[Math.floor(share * (logs.length - 1))] ?? one.location;
  const short = { weight: 0.5, location: at(0.2), sigma: one.sigma / 2 };
  const long = { weight: 0.5, location: at(0.8), sigma: one.sigma / 2 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const ofShort = logs.map((one) => {
      const density = short.weight * normalDensity(one, short);
      return density / (density + long.weight * normalDensity(one, long) + LEAST);
    });
    const ofLong = ofShort.map((part) => 1 - part);
    const change = improve(short, logs, ofShort, one) + improve(long, logs, ofLong, one);
    if (change < SMALL_CHANGE) break;
  }
  return short.location <= long.location ? [short, long] : [long, short];
}

/**
 * @param parts - the part of each value that belongs to the peak.
 * @returns how far the peak moved.
 */
function improve(peak: Peak, logs: readonly number[], parts: readonly number[], all: Peak): number {
  let [total, sum, squares] = [1e-9, 0, 0];
  for (const [index, value] of logs.entries()) {
    const part = parts[index] ?? 0;
    const fromMean = value - all.location;
    total += part;
    sum += part * fromMean;
    squares += part * fromMean * fromMean;
  }
  const mean = sum / total;
  const moved = Math.abs(all.location + mean - peak.location);
  peak.weight = total / logs.length;
  peak.location = all.location + mean;
  // Not narrower: a peak could close in on a single value.
  peak.sigma = max(all.sigma / 50, sqrt(max(0, squares / total - mean * mean)));
  return moved;
}

function hasValley(short: Peak, long: Peak): boolean {
  const heights = Array.from({ length: GRID + 1 }, (_, index) => {
    const at = short.location + ((long.location - short.location) * index) / GRID;
    return short.weight * normalDensity(at, short) + long.weight * normalDensity(at, long);
  });
  const lower = min(heights[0] ?? 0, heights[GRID] ?? 0);
  return min(...heights) < MAX_VALLEY * lower;
}

function logLikelihood(logs: readonly number[], peaks: readonly Peak[]): number {
  const densityAt = (value: number) =>
    peaks.reduce((sum, peak) => sum + peak.weight * normalDensity(value, peak), 0);
  return logs.reduce((sum, value) => sum + log(densityAt(value) + LEAST), 0);
}

function normalDensity(at: number, { location, sigma }: Peak): number {
  return exp(-(((at - location) / sigma) ** 2) / 2) / (sigma * ROOT_OF_TWO_PI);
}
