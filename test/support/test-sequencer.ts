import { createRequire } from 'node:module';

// Its types are those of the CommonJS module.
const { default: Sequencer }: typeof import('@jest/test-sequencer') = createRequire(import.meta.url)(
  '@jest/test-sequencer',
);

/** What takes long: browsers, the whole system in real time, and commands that simulate. */
const LONG = [
  'cli/foresight',
  'console/console',
  'console/acts',
  'local/cli/',
  'e2e/',
  'sim/report/',
  'sim/dst/',
  'cli/docs',
  'console/playback',
];

/**
 * Begins with the test files that take long, in the order of {@link LONG}: where Jest does not know from an earlier run
 * how long each takes, it goes by size, and one core would end with a long one while the others have nothing to do.
 */
export default class LongestFirst extends Sequencer {
  override async sort(tests: Parameters<InstanceType<typeof Sequencer>['sort']>[0]) {
    const rank = ({ path }: { readonly path: string }) => {
      const index = LONG.findIndex((part) => path.includes(`/test/${part}`));
      return index === -1 ? LONG.length : index;
    };
    return Array.from(await super.sort(tests)).sort((a, b) => rank(a) - rank(b));
  }
}
