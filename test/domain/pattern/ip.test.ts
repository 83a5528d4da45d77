import { expect, test } from '@jest/globals';
import { ipBytes } from '../../../lambda/domain/pattern/ip.ts';

test.each<[text: string, bytes: readonly number[] | undefined]>([
  ['10.0.0.1', [10, 0, 0, 1]],
  ['255.255.255.255', [255, 255, 255, 255]],
  ['0255.255.255.255', undefined],
  ['256.0.0.1', undefined],
  ['10.0.0', undefined],
  ['1:2:3:4:5:6:7:8', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
  ['::', Array(16).fill(0)],
  ['1::', [0, 1, ...Array(14).fill(0)]],
  ['::Ab0f', [...Array(14).fill(0), 0xab, 0x0f]],
  ['1::3:4:5:6:7:8', [0, 1, 0, 0, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
  // Two colons stand for at least one group.
  ['1::2:3:4:5:6:7:8', undefined],
  ['1:2:3:4:5:6:7:8:9', undefined],
  ['1:2:3:4:5:6:7', undefined],
  ['1::2::3', undefined],
  ['1:::2', undefined],
  ['12345::', undefined],
  ['g::', undefined],
  ['cafe', undefined],
  ['', undefined],
  // An IPv4 address in IPv6 form, and addresses that only resemble one.
  ['::ffff:a00:1', [10, 0, 0, 1]],
  ['0:0:0:0:0:ffff:a00:1', [10, 0, 0, 1]],
  ['1::ffff:a00:1', [0, 1, ...Array(8).fill(0), 0xff, 0xff, 10, 0, 0, 1]],
  ['0:0:0:0:1:ffff:a00:1', [...Array(9).fill(0), 1, 0xff, 0xff, 10, 0, 0, 1]],
  ['::fffe:a00:1', [...Array(10).fill(0), 0xff, 0xfe, 10, 0, 0, 1]],
])('%s: %j', (text, bytes) => {
  expect(ipBytes(text)).toEqual(bytes);
});
