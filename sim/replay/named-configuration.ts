import type { Configuration } from '../../lambda/flow/ports.ts';

/** A policy set with its settings, under a name that the result shows. */
export interface NamedConfiguration {
  readonly name: string;
  readonly configuration: Configuration;
}
