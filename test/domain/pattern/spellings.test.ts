import { expect, test } from '@jest/globals';
import { spellingsOf } from '../../../lambda/domain/pattern/spellings.ts';

test('an event may join any number of consecutive steps of a name in one key', () => {
  const c = [{ key: 'c', next: undefined }];
  const b = [
    { key: 'b', next: c },
    { key: 'b.c', next: undefined },
  ];
  expect(spellingsOf(['c'])).toEqual(c);
  expect(spellingsOf(['b', 'c'])).toEqual(b);
  expect(spellingsOf(['a', 'b', 'c'])).toEqual([
    { key: 'a', next: b },
    { key: 'a.b', next: c },
    { key: 'a.b.c', next: undefined },
  ]);
});
