export { Histogram, type HistogramSnapshot } from './histogram.ts';
export { type Interval, interval } from './interval.ts';
export { percentile } from './percentile.ts';
export { studentQuantile } from './student.ts';
export { sampleVariance } from './variance.ts';
