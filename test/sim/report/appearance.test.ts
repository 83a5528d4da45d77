import { expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { chartLabels, describeInChromium, htmlOf, overflowing } from './browser.ts';
import { hostileResult, starvedResult } from './fixture.ts';

/** The lowest contrasts of texts and of meaningful shapes with their background. */
function contrasts(
  page: Page,
): Promise<{ readonly text: number; readonly shapes: number; readonly seen: number }> {
  return page.locator('html').evaluate((root) => {
    const view = root.ownerDocument.defaultView;
    const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const isSolid = (color: string) => color.startsWith('rgb') && (channels(color)[3] ?? 1) === 1;
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
        const share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (a: string, b: string) => {
      const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (high + 0.05) / (low + 0.05);
    };
    const behind = (element: typeof root): string => {
      for (let at = element; at; at = at.parentElement) {
        const color = view.getComputedStyle(at).backgroundColor;
        if (isSolid(color)) return color;
      }
      return 'none';
    };
    const texts = [...root.querySelectorAll('body *')]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .map((element) => {
        const style = view.getComputedStyle(element);
        if (!element.closest('svg')) return contrast(style.color, behind(element));
        const badge = element.closest('.letter')?.previousElementSibling?.firstElementChild;
        return contrast(style.fill, badge ? view.getComputedStyle(badge).fill : behind(element));
      });
    const shapes = [
      ...[...root.querySelectorAll('.bar rect, .waited rect')].map(
        (shape) => view.getComputedStyle(shape).fill,
      ),
      ...[...root.querySelectorAll('.curve path, .peak path, .whisker path')].map(
        (shape) => view.getComputedStyle(shape).stroke,
      ),
    ].map((color) => contrast(color, behind(root.querySelector('.card'))));
    return { text: Math.min(...texts), shapes: Math.min(...shapes), seen: texts.length + shapes.length };
  });
}

describeInChromium('the appearance of the report', ({ show, open }) => {
  test('makes no network requests and reports no errors', async () => {
    const { page, requests, errors } = await open(htmlOf(starvedResult));
    await page.locator('details').evaluateAll((all) => {
      for (const each of all) each.open = true;
    });
    expect(requests.map((url) => url.replace(/^file:.*\//, 'file:'))).toEqual(
      ['file:report-1.html', 'data:,'].slice(0, requests.length),
    );
    expect(errors).toEqual([]);
  });

  test.each([
    ['usual names', starvedResult],
    ['names that are long or HTML', hostileResult],
  ])('fits a phone of 360 pixels with %s', async (_, make) => {
    const { page } = await show(htmlOf(make), { viewport: { width: 360, height: 740 } });
    expect(await overflowing(page)).toEqual([]);
  });

  test.each([
    ['usual names', starvedResult],
    ['names that are long or HTML', hostileResult],
  ])('fits a screen of 1200 pixels with %s', async (_, make) => {
    const { page } = await show(htmlOf(make));
    expect(await overflowing(page)).toEqual([]);
  });

  test('text in charts is at least 10 pixels high on a phone', async () => {
    const { page } = await show(htmlOf(starvedResult), { viewport: { width: 360, height: 740 } });
    const sizes = await page
      .locator('svg.chart text')
      .evaluateAll((texts) =>
        texts.map(
          (text) =>
            Number.parseFloat(text.ownerDocument.defaultView.getComputedStyle(text).fontSize) *
            text.getScreenCTM().a,
        ),
      );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(9.5);
  });

  test.each(['light', 'dark'] as const)('has sufficient contrast in %s mode', async (colorScheme) => {
    const { page } = await show(htmlOf(starvedResult), { colorScheme });
    const background = await page
      .locator('body')
      .evaluate((body) => body.ownerDocument.defaultView.getComputedStyle(body).backgroundColor);
    expect(background).toBe(colorScheme === 'light' ? 'rgb(245, 246, 248)' : 'rgb(19, 22, 26)');
    const { text, shapes, seen } = await contrasts(page);
    expect(text).toBeGreaterThanOrEqual(4.5);
    expect(shapes).toBeGreaterThanOrEqual(3);
    expect(seen).toBeGreaterThan(300);
  });

  test('is printed in light colors, without clipped tables or split charts', async () => {
    const { page } = await open(htmlOf(starvedResult), {
      colorScheme: 'dark',
      viewport: { width: 703, height: 1_000 },
    });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(
      await page
        .locator('body')
        .evaluate((body) => body.ownerDocument.defaultView.getComputedStyle(body).backgroundColor),
    ).toBe('rgb(255, 255, 255)');
    expect(await overflowing(page)).toEqual([]);
    expect((await contrasts(page)).text).toBeGreaterThanOrEqual(4.5);
    const cut = await page
      .locator('.table')
      .evaluateAll((tables) => tables.filter((table) => table.scrollWidth > table.clientWidth).length);
    expect(cut).toBe(0);
    const breaks = await page
      .locator('figure, .charts, .table, .verdict')
      .evaluateAll((parts) =>
        parts.map((part) => part.ownerDocument.defaultView.getComputedStyle(part).breakInside),
      );
    expect(new Set(breaks)).toEqual(new Set(['avoid']));
    expect(await page.locator('details:not(.fold)').first().isVisible()).toBe(false);
    expect(await page.locator('.fold svg').first().isVisible()).toBe(true);
  });

  test('is shorter on a phone: what matters less is closed there, and open on a screen', async () => {
    const phone = await show(htmlOf(starvedResult), { viewport: { width: 360, height: 740 } });
    const screen = await show(htmlOf(starvedResult));
    const seen = (shown: typeof phone) =>
      shown.page
        .locator('.tier')
        .evaluateAll((tiers) =>
          tiers.map((one) => one.querySelector('svg').checkVisibility({ contentVisibilityAuto: true })),
        );
    expect(await seen(phone)).toStrictEqual([true, false, false]);
    expect(await seen(screen)).toStrictEqual([true, true, true]);
    const summary = screen.page.locator('.fold > summary');
    expect(await summary.first().isVisible()).toBe(false);
    const opened = await open(htmlOf(starvedResult), { viewport: { width: 360, height: 740 } });
    await opened.page.getByText('Pictures of silver').click();
    expect(await seen(opened)).toStrictEqual([true, true, false]);
  });

  test('every chart has a unique text for screen readers', async () => {
    const { page } = await show(htmlOf(starvedResult));
    const labels = await chartLabels(page);
    expect(labels).toHaveLength(3 * 3 + 2 + 2 + 3 + (3 + 4));
    // By half hour: all tiers, and the most urgent one; the others are closed.
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels).toContain('gold: Service level (20 seconds)');
    expect(labels).toContain('harsh: calls per second, peak 18 of 18');
  });
});
