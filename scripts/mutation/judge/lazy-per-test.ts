import { lazy as lazyForever } from '../../../lambda/domain/lazy.ts';
import { stretch } from './switches.ts';

/**
 * Takes the place of `lambda/domain/lazy.ts` in the processes that judge mutants: there many tests run in one process, and
 * what one of them has made would hide from the next a mutant in how it is made. So each test makes it anew.
 */
export function lazy<T>(make: () => T): () => T {
  let value = lazyForever(make);
  let madeIn = stretch();
  return () => {
    if (madeIn !== stretch()) {
      madeIn = stretch();
      value = lazyForever(make);
    }
    return value();
  };
}
