import { describe, expect, test } from '@jest/globals';
import { matches } from '../../../lambda/domain/pattern/index.ts';
import { compiled } from './compiled.ts';

const raw = String.raw;

/**
 * For each operator: the list of values of one field and the value of that field, as JSON texts, and the
 * result.
 */
const cases: Record<string, readonly (readonly [values: string, value: string, expected: boolean])[]> = {
  'exact values': [
    ['["a"]', '"a"', true],
    ['["a"]', '"A"', false],
    ['["a"]', '"ab"', false],
    ['["a", "b"]', '"b"', true],
    ['["1"]', '1', false],
    ['[1]', '"1"', false],
    ['[true]', 'true', true],
    ['[true]', '"true"', false],
    ['[false]', 'true', false],
    ['[null]', 'null', true],
    ['[null]', '"null"', false],
    ['[null]', '""', false],
    ['[""]', '""', true],
    ['["日本語 😀"]', '"日本語 😀"', true],
    ['["a"]', '{"a": 1}', false],
    ['[{"exactly": "a"}]', '"a"', true],
    ['[{"exactly": "a"}]', '"b"', false],
  ],
  numbers: [
    ['[300]', '3e2', true],
    ['[3.0]', '3', true],
    ['[3.018e2]', '301.8', true],
    ['[0]', '-0', true],
    ['[0.1]', '0.10', true],
    ['[123456789012]', '123456789012', true],
    ['[1e20]', '100000000000000000000', true],
    ['[0.12345678]', '0.12345678', true],
    ['[5]', '5.000001', false],
  ],
  'exact IP addresses': [
    ['["10.0.0.1"]', '"10.0.0.1"', true],
    ['["10.0.0.1"]', '"010.000.0.01"', true],
    ['["10.0.0.1"]', '"0010.000.000.001"', false],
    ['["10.0.0.1"]', '"::ffff:a00:1"', true],
    ['["2001:db8::1"]', '"2001:0DB8:0:0::1"', true],
    ['["2001:db8::1"]', '"2001:db8::2"', false],
    ['["999.0.0.1"]', '"999.0.0.01"', false],
    ['["999.0.0.1"]', '"999.0.0.1"', true],
    ['[{"exactly": "10.0.0.1"}]', '"010.0.0.1"', false],
  ],
  prefix: [
    ['[{"prefix": "ab"}]', '"abc"', true],
    ['[{"prefix": "ab"}]', '"ab"', true],
    ['[{"prefix": "ab"}]', '"Abc"', false],
    ['[{"prefix": ""}]', '""', true],
    ['[{"prefix": ""}]', '1', false],
    ['[{"prefix": "1"}]', '12', false],
    ['[{"prefix": "日"}]', '"日本"', true],
    ['[{"prefix": {"equals-ignore-case": "AB"}}]', '"abc"', true],
    ['[{"prefix": {"equals-ignore-case": "AB"}}]', '"bab"', false],
  ],
  suffix: [
    ['[{"suffix": "bc"}]', '"abc"', true],
    ['[{"suffix": "bc"}]', '"abC"', false],
    ['[{"suffix": ""}]', '"a"', true],
    ['[{"suffix": "2"}]', '12', false],
    ['[{"suffix": {"equals-ignore-case": "BC"}}]', '"abc"', true],
    ['[{"suffix": {"equals-ignore-case": "BC"}}]', '"c"', false],
    ['[{"suffix": {"equals-ignore-case": "ß"}}]', '"straSS"', true],
    ['[{"suffix": {"equals-ignore-case": "ß"}}]', '"strass"', false],
  ],
  'equals-ignore-case': [
    ['[{"equals-ignore-case": "Gold"}]', '"gOLD"', true],
    ['[{"equals-ignore-case": "Gold"}]', '"golden"', false],
    ['[{"equals-ignore-case": "Gold"}]', '"gol"', false],
    ['[{"equals-ignore-case": "ünï"}]', '"ÜNÏ"', true],
    ['[{"equals-ignore-case": "ß"}]', '"SS"', true],
    ['[{"equals-ignore-case": "ſ"}]', '"s"', false],
    ['[{"equals-ignore-case": "😀"}]', '"😀"', false],
    ['[{"equals-ignore-case": "null"}]', 'null', false],
  ],
  wildcard: [
    ['[{"wildcard": "*"}]', '""', true],
    ['[{"wildcard": "*"}]', '1', false],
    ['[{"wildcard": "a*c"}]', '"ac"', true],
    ['[{"wildcard": "a*c"}]', '"abcbc"', true],
    ['[{"wildcard": "a*c"}]', '"abcd"', false],
    ['[{"wildcard": "ab*ba"}]', '"aba"', false],
    ['[{"wildcard": "*b*b*"}]', '"abab"', true],
    ['[{"wildcard": "*b*b*"}]', '"aba"', false],
    ['[{"wildcard": "*ab*ab"}]', '"abab"', true],
    ['[{"wildcard": "*aba*ab"}]', '"abab"', false],
    ['[{"wildcard": "abc"}]', '"abc"', true],
    ['[{"wildcard": "abc"}]', '"abcd"', false],
    ['[{"wildcard": "*語"}]', '"日本語"', true],
    [raw`[{"wildcard": "a\\*b"}]`, '"a*b"', true],
    [raw`[{"wildcard": "a\\*b"}]`, '"axb"', false],
    [raw`[{"wildcard": "a\\\\*"}]`, raw`"a\\b"`, true],
    [raw`[{"wildcard": "a\\\\*"}]`, '"a*"', false],
    [raw`[{"wildcard": "\\**"}]`, '"*x"', true],
    [raw`[{"wildcard": "*\\*"}]`, '"x*"', true],
    ['[{"wildcard": "a.c"}]', '"abc"', false],
  ],
  'anything-but': [
    ['[{"anything-but": "a"}]', '"a"', false],
    ['[{"anything-but": "a"}]', '"b"', true],
    ['[{"anything-but": "1"}]', '1', true],
    ['[{"anything-but": 1}]', '1.0', false],
    ['[{"anything-but": 1}]', '"1"', true],
    ['[{"anything-but": ["a", "b"]}]', '"b"', false],
    ['[{"anything-but": ["a", "b"]}]', 'null', true],
    ['[{"anything-but": [1, 2]}]', '2', false],
    ['[{"anything-but": [1, 2]}]', 'true', true],
    ['[{"anything-but": "10.0.0.1"}]', '"010.0.0.1"', true],
    ['[{"anything-but": {"prefix": "a"}}]', '"ab"', false],
    ['[{"anything-but": {"prefix": ["a", "b"]}}]', '"ba"', false],
    ['[{"anything-but": {"prefix": ["a", "b"]}}]', '"ca"', true],
    ['[{"anything-but": {"suffix": "a"}}]', '"ba"', false],
    ['[{"anything-but": {"suffix": ["a", "b"]}}]', '"bc"', true],
    ['[{"anything-but": {"equals-ignore-case": "Ab"}}]', '"aB"', false],
    ['[{"anything-but": {"equals-ignore-case": ["a", "b"]}}]', '"C"', true],
    ['[{"anything-but": {"wildcard": "a*"}}]', '"abc"', false],
    ['[{"anything-but": {"wildcard": ["a*", "*z"]}}]', '"bz"', false],
    ['[{"anything-but": {"wildcard": ["a*", "*z"]}}]', '"b"', true],
    ['[{"anything-but": {"wildcard": "*"}}]', '5', true],
  ],
  numeric: [
    ['[{"numeric": ["=", 5]}]', '5.0', true],
    ['[{"numeric": ["=", 5]}]', '"5"', false],
    ['[{"numeric": ["<", 5]}]', '5', false],
    ['[{"numeric": ["<=", 5]}]', '5', true],
    ['[{"numeric": [">", 5]}]', '5', false],
    ['[{"numeric": [">", 5]}]', '5.000001', true],
    ['[{"numeric": [">", 5]}]', '5.0000011', false],
    ['[{"numeric": [">=", 5]}]', '5', true],
    ['[{"numeric": [">", 0, "<=", 5]}]', '0', false],
    ['[{"numeric": [">", 0, "<=", 5]}]', '5', true],
    ['[{"numeric": [">=", -1.5, "<", 1e3]}]', '-15e-1', true],
    ['[{"numeric": [">", 0]}]', '500000000000', true],
    ['[{"numeric": [">", 0]}]', '500000000001', false],
    ['[{"numeric": [">=", 0]}]', '1e-7', false],
    ['[{"numeric": [">=", 0]}]', '0.000001', true],
    ['[{"numeric": [">=", 0]}]', 'true', false],
  ],
  cidr: [
    ['[{"cidr": "10.0.0.0/8"}]', '"10.255.255.255"', true],
    ['[{"cidr": "10.0.0.0/8"}]', '"11.0.0.0"', false],
    ['[{"cidr": "10.0.5.255/31"}]', '"10.0.5.254"', true],
    ['[{"cidr": "10.0.5.255/31"}]', '"10.0.6.0"', false],
    ['[{"cidr": "192.168.7.9/20"}]', '"192.168.0.1"', true],
    ['[{"cidr": "192.168.7.9/20"}]', '"192.168.16.0"', false],
    ['[{"cidr": "0.0.0.0/0"}]', '"255.1.2.3"', true],
    ['[{"cidr": "0.0.0.0/0"}]', '"2001:db8::1"', false],
    ['[{"cidr": "0.0.0.0/0"}]', '"10.0.0"', false],
    ['[{"cidr": "0.0.0.0/0"}]', '"256.0.0.1"', false],
    ['[{"cidr": "0.0.0.0/0"}]', '10', false],
    ['[{"cidr": "2001:db8::/33"}]', '"2001:db8:7fff::1"', true],
    ['[{"cidr": "2001:db8::/33"}]', '"2001:db8:8000::1"', false],
    ['[{"cidr": "::/0"}]', '"1:2:3:4:5:6:7:8"', true],
    ['[{"cidr": "::/0"}]', '"1:2:3:4:5:6:7"', false],
    ['[{"cidr": "::/0"}]', '"1:2:3:4:5:6:7:8:9"', false],
    ['[{"cidr": "::/0"}]', '"1::2::3"', false],
    ['[{"cidr": "::/0"}]', '":::"', false],
    ['[{"cidr": "::/0"}]', '"12345::"', false],
    ['[{"cidr": "::/0"}]', '"::1%eth0"', false],
    ['[{"cidr": "::ffff:a00:0/24"}]', '"10.0.0.9"', true],
  ],
  exists: [
    ['[{"exists": true}]', 'null', true],
    ['[{"exists": true}]', '""', true],
    ['[{"exists": true}]', '[]', false],
    ['[{"exists": true}]', '{}', false],
    ['[{"exists": true}]', '{"b": 1}', false],
    ['[{"exists": false}]', '{"b": 1}', true],
    ['[{"exists": false}]', '[]', true],
    ['[{"exists": false}]', 'null', false],
    ['[{"exists": false}, "b"]', '"b"', true],
    ['[{"exists": false}, "b"]', '"c"', false],
  ],
  'several operators in one list': [
    ['["a", {"prefix": "b"}, {"numeric": [">", 5]}]', '"bc"', true],
    ['["a", {"prefix": "b"}, {"numeric": [">", 5]}]', '6', true],
    ['["a", {"prefix": "b"}, {"numeric": [">", 5]}]', '"c"', false],
    ['[{"cidr": "10.0.0.0/24"}, {"anything-but": "10.0.5.1"}]', '"10.0.5.1"', false],
  ],
  'a list in the event': [
    ['["a"]', '["b", "a"]', true],
    ['["a"]', '[]', false],
    ['[{"anything-but": "a"}]', '["a", "b"]', true],
    ['[{"anything-but": "a"}]', '["a", "a"]', false],
    ['["a"]', '[["b"], [["a"]]]', true],
    ['["a"]', '[{"a": "a"}]', false],
    ['[null]', '[1, null]', true],
  ],
};

for (const [operator, table] of Object.entries(cases)) {
  describe(operator, () => {
    test.each(table)('%s on %s: %s', (values, value, expected) => {
      const pattern = compiled({ field: JSON.parse(values) });
      expect(matches(pattern, { field: JSON.parse(value) })).toBe(expected);
    });
  });
}

test('an absent field matches only exists: false', () => {
  const event = { other: 1 };
  expect(matches(compiled({ field: [{ exists: false }] }), event)).toBe(true);
  for (const values of [[null], [{ exists: true }], [{ 'anything-but': 'a' }], [{ wildcard: '*' }]]) {
    expect(matches(compiled({ field: values }), event)).toBe(false);
  }
});
