export { type Interval, interval } from './interval.ts';
export { studentQuantile } from './student.ts';
