import { describe, expect, test } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { recommendationHtml } from '../../../sim/report/recommendation/index.ts';
import { describeInChromium, overflowing, requestsElsewhere } from './browser.ts';
import { MARKUP } from './fixture.ts';
import { ASSESSMENTS, hostileRecommendation, recommendation, TEXTS } from './recommendation-fixture.ts';

const html = (more = {}, texts = {}) => recommendationHtml(recommendation(more), { ...TEXTS, ...texts });
const page = (more = {}, texts = {}) => parseHTML(html(more, texts)).document;
const hostileHtml = () => {
  const hostile = hostileRecommendation();
  return recommendationHtml(hostile.recommendation, hostile.texts);
};

/** The text of each element, with blanks as people see them. */
function texts(
  root: { querySelectorAll(selector: string): Iterable<{ textContent: string }> },
  selector: string,
) {
  return [...root.querySelectorAll(selector)].map(({ textContent }) =>
    textContent.replaceAll(/\s+/g, ' ').trim(),
  );
}

describe('the report of a recommendation', () => {
  test('begins with the verdict in one sentence, its reasons and the goals', () => {
    const document = page({}, { sentences: ['Nothing is recommended.', 'Two more agents would be enough.'] });
    expect(document.querySelector('section')?.id).toBe('verdict');
    expect(texts(document, '#verdict p')).toStrictEqual([
      'Nothing is recommended.',
      'Two more agents would be enough.',
      'Recommended, by 28 runs whose customers the search never had:',
    ]);
    expect(texts(document, '#verdict .key > div')).toStrictEqual([
      'gold: 90 % within 60s92.0 %91.0 to 93.0✓ met',
    ]);
  });

  test('proposes the best, more service and less cost in words, and says what one more point costs', () => {
    const document = page();
    expect(texts(document, '#proposals h3')).toStrictEqual([
      'Recommended',
      'More for gold',
      'Less cost to the others',
    ]);
    expect(texts(document, '#proposals li')[0]).toBe('gold: at 1s priority 2, then by 3m priority 1');
    expect(texts(document, '#proposals .key em')).toStrictEqual(['✓ met', '✓ met', '✗ missed']);
    expect(texts(document, '#proposals .proposal p')[0]).toBe(
      'Against no policies, silver waits +12s on average and abandons +1.2 points; bronze waits +20s on average and abandons +2.0 points.',
    );
    expect(texts(document, '.price')).toStrictEqual([
      'One more point for gold costs bronze 7.5s of mean wait.',
    ]);
  });

  test('leaves out alternatives and a price where there are none', () => {
    const document = page({ alternatives: {}, exchange: undefined, outcome: 'unreachable' });
    expect(texts(document, '#proposals h3')).toStrictEqual(['Nearest']);
    expect(document.querySelector('.price')).toBeNull();
  });

  test('has the picture as a table, too, from the least cost on', () => {
    const rows = [...page().querySelectorAll('#front tbody tr')].map((row) => texts(row, 'th, td'));
    expect(rows.map(([first, ...rest]) => [first?.split(' gold:')[0], ...rest])).toStrictEqual([
      ['No policies No policies.', '70.0 %', '–', '0', '0.0'],
      ['Less cost', '88.0 %', 'bronze', '+10', '+1.0'],
      ['Recommended', '92.0 %', 'bronze', '+20', '+2.0'],
      ['More service', '94.0 %', 'bronze', '+35', '+3.5'],
      ['Draft', '96.0 %', 'bronze', '+60', '+6.0'],
    ]);
  });

  test('shows chosen values beside the draft, which ones changed, and which do not count', () => {
    const rows = [...page().querySelectorAll('#values tbody tr')].map((row) => texts(row, 'th, td'));
    expect(rows).toStrictEqual([
      ['gold steps[0].after', '0s', '30s', 'changed'],
      ['gold steps[0].set.priority', '1', '1', ''],
      ['gold steps[1].by', '3m', '–', 'not used'],
    ]);
  });

  test.each<[name: string, stress: object[] | undefined, sentence: string, signs: string[]]>([
    [
      'all held',
      recommendation().stress as object[],
      'The goals are met in all variants.',
      ['✓ held', '✓ held'],
    ],
    [
      'one did not hold',
      recommendation().stress?.map((one, index) => ({ ...one, holds: index === 0 })) as object[],
      'The goals are not met with 10 % fewer agents.',
      ['✓ held', '✗ not held'],
    ],
    ['none was tried', undefined, 'Not tried, since no set meets the goals in the scenario itself.', []],
  ])('says of the variants that %s', (_, stress, sentence, signs) => {
    const document = page({ stress });
    expect(texts(document, '#variants p')).toStrictEqual([sentence]);
    expect(texts(document, '#variants td:nth-child(2)')).toStrictEqual(signs);
  });

  test('says what each other tier pays, and all of them by their contacts', () => {
    const rows = [...page().querySelectorAll('#payers tbody tr')].map((row) => texts(row, 'th, td'));
    expect(rows).toStrictEqual([
      ['silver', '+12 (+10 to +14)', '+1.2 (+1.0 to +1.4)'],
      ['bronze', '+20 (+18 to +22)', '+2.0 (+1.8 to +2.2)'],
      ['All of them', '+16 (+15 to +17)', '+1.6 (+1.5 to +1.7)'],
    ]);
  });

  test('compares the best with other sets, for the same customers', () => {
    const document = page();
    expect(texts(document, '#beside .card p')).toStrictEqual([
      'With the recommended set instead of in-force, the mean wait of the other tiers changes by −14s (−16s to −12s), and the share that abandons by −1.4 points (−1.6 to −1.2). in-force made no calls: its policies observe, are off, or govern no contact.',
    ]);
    expect(texts(document, '#beside thead th')).toStrictEqual(['', 'Recommended', 'in-force']);
    const rows = [...document.querySelectorAll('#beside tbody tr')].map((row) => texts(row, 'th, td'));
    expect(rows[0]).toStrictEqual([
      'gold: 90 % within 60s',
      '✓ 92.0 % (91.0 to 93.0)',
      '✓ 92.0 % (91.0 to 93.0)',
    ]);
    expect(rows[1]).toStrictEqual(['Other tiers: mean wait, s', '+16 (+15 to +17)', '+30 (+29 to +31)']);
    expect(page({ beside: undefined }).querySelector('#beside')).toBeNull();
  });

  test('has no front and no payers where no other tier pays and no policies are best', () => {
    const none = { ...ASSESSMENTS.none, tierCosts: [], meetsGoals: true, starvation: [] };
    const document = page({
      outcome: 'none-needed',
      best: none,
      searched: [none],
      front: [],
      alternatives: {},
      exchange: undefined,
    });
    expect(document.querySelector('#front, #payers')).toBeNull();
    expect(texts(document, '#proposals h3')).toStrictEqual(['Without policies']);
    expect(texts(document, '#proposals p')).toStrictEqual(['No policies.']);
  });

  test('is the same byte for byte, small, and has no scripts', () => {
    expect(html()).toBe(html());
    expect(Buffer.byteLength(html())).toBeLessThan(60_000);
  });

  test('escapes HTML in names, policies and texts', () => {
    const { document } = parseHTML(hostileHtml());
    expect(document.querySelectorAll('script, img, iframe, [onerror]')).toHaveLength(0);
    expect(document.querySelector('h1')?.textContent).toBe(MARKUP);
    expect(document.querySelector('#proposals li b')?.textContent).toBe(MARKUP);
    expect(document.querySelector('.spot')?.getAttribute('aria-label')).toContain(MARKUP);
    expect(document.querySelector('#variants tbody th')?.textContent).toBe(MARKUP);
  });
});

describeInChromium('the picture of a recommendation', ({ open, show }) => {
  test('has its dots where service and cost are, each below its spot', async () => {
    const { page: shown, errors } = await show(html());
    expect(errors).toEqual([]);
    const places = await shown.locator('.spotted').evaluate((root) => {
      const middle = (element: typeof root) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        return { x: (left + right) / 2, y: (top + bottom) / 2 };
      };
      const limit = root.querySelector('.limit line').getBoundingClientRect();
      return {
        dots: [...root.querySelectorAll('.mark circle')].map(middle),
        spots: [...root.querySelectorAll('.spot')].map(middle),
        labels: [...root.querySelectorAll('.spot')].map(
          (spot) => spot.getAttribute('aria-label').split('.')[0],
        ),
        limit: limit.top,
      };
    });
    expect(places.labels).toStrictEqual(['Less cost', 'More service', 'No policies', 'Draft', 'Recommended']);
    for (const [index, dot] of places.dots.entries()) {
      expect(Math.abs(dot.x - (places.spots[index]?.x ?? 0))).toBeLessThan(1);
      expect(Math.abs(dot.y - (places.spots[index]?.y ?? 0))).toBeLessThan(1);
    }
    const [less, more, none, draft, best] = places.dots;
    const costs = [none, less, best, more, draft].map((dot) => dot?.x ?? 0);
    expect(costs).toStrictEqual([...costs].sort((a, b) => a - b));
    // Seconds of cost are in proportion: 0, 13, 26, 45.5 and 78.
    const width = (draft?.x ?? 0) - (none?.x ?? 0);
    expect(((best?.x ?? 0) - (none?.x ?? 0)) / width).toBeCloseTo(26 / 78, 2);
    // And shares: 70, 88, 92 and 96 % around the goal of 90 %.
    const height = (none?.y ?? 0) - (draft?.y ?? 0);
    expect(((none?.y ?? 0) - (less?.y ?? 0)) / height).toBeCloseTo(18 / 26, 2);
    expect(((none?.y ?? 0) - places.limit) / height).toBeCloseTo(20 / 26, 2);
  });

  test('shows the policies of a dot under the pointer, and with the focus', async () => {
    const { page: shown } = await open(html());
    const tips = shown.locator('.tip');
    const spots = shown.locator('.spot');
    const visible = () =>
      tips.evaluateAll((all) => all.filter((tip) => tip.offsetHeight > 0).map((tip) => tip.textContent));
    expect(await visible()).toStrictEqual([]);
    await spots.last().hover();
    const recommended =
      'Recommended: gold 92.0\u00a0%; bronze +20s mean wait, +2.0 points abandonedgold: at 1s priority 2, then by 3m priority 1';
    expect(await visible()).toStrictEqual([recommended]);
    await shown.mouse.move(0, 0);
    expect(await visible()).toStrictEqual([]);
    await spots.last().focus();
    expect(await visible()).toStrictEqual([recommended]);
  });

  test.each([
    ['usual names', 360, html],
    ['usual names', 1_200, html],
    ['names that are long or HTML', 360, hostileHtml],
    ['names that are long or HTML', 1_200, hostileHtml],
  ] as const)('fits with %s in %d pixels', async (_, width, make) => {
    const { page: shown, requests } = await show(make(), { viewport: { width, height: 900 } });
    expect(await overflowing(shown)).toEqual([]);
    expect(requestsElsewhere(requests)).toEqual([]);
  });

  test('is printed without the hint and the table behind the picture', async () => {
    const { page: shown } = await open(html());
    await shown.emulateMedia({ media: 'print' });
    expect(await shown.locator('.hint').isVisible()).toBe(false);
    expect(await shown.locator('#front details').isVisible()).toBe(false);
    expect(await shown.locator('#front svg').isVisible()).toBe(true);
  });
});
