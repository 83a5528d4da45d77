/** Commands that pages show before they are there. A test fails once one is, so that it is taken off this list. */
export const AWAITED: readonly string[] = ['backtest'];
