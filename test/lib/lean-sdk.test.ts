import { expect, test } from '@jest/globals';
import { inlineComputedKeys } from '../../lib/bundling/lean-sdk.ts';

test('computed keys are replaced by their constants, and nothing else changes', () => {
  const source = [
    'const _hH = "httpHeader";',
    'const _n = 7;',
    'export var A$ = [3, n0, _hH, { [_hH]: [`x`, 1], [_n]: 2, [_unknown]: 3 }, [_hH], () => B$];',
  ].join('\n');
  expect(inlineComputedKeys(source)).toBe(source.replace('{ [_hH]: [`x`, 1]', '{ "httpHeader": [`x`, 1]'));
});
