// What must be true of every page: functions that throw where it is not.

import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

// Notes everything that a page complains of or asks other hosts for, from before it is opened.
export function watch(page, origin) {
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`not loaded: ${request.url()}`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) complaints.push(`another host: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}

// Loads the pictures that would wait for the reader to scroll.
export async function loadPictures(page) {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.allSettled([...document.images].map((image) => image.decode()));
  });
}

// Opens what is folded, so that it is measured too.
export async function unfold(page) {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('main details')) details.open = true;
  });
}

export async function fitsItsWindow(page) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > room + 0.5)
      .map((element) => `${element.tagName}.${element.className}`)
      .slice(0, 5);
  });
  assert.deepEqual(wide, [], 'wider than the window');
}

export async function hasOneHeadline(page) {
  const headlines = await page.evaluate(() => [...document.querySelectorAll('h1')].map((h1) => h1.innerText.trim()));
  assert.equal(headlines.length, 1, `one h1, not ${JSON.stringify(headlines)}`);
  assert.notEqual(headlines[0], '', 'an h1 with text');
  assert.notEqual((await page.title()).trim(), '', 'a title');
}

export async function showsItsPictures(page) {
  const wrong = await page.evaluate(() =>
    [...document.images].flatMap((image) => {
      const said = [Number(image.getAttribute('width')), Number(image.getAttribute('height'))];
      const problems = [];
      if (!image.complete || image.naturalWidth === 0) problems.push('is not loaded');
      if (!image.hasAttribute('alt')) problems.push('has no alt');
      // The height that follows from the width must be the one that is said, to the pixel that rounding takes. Of a
      // candidate chosen by its width, the browser gives the size for this window, rounded: that pixel is larger.
      const larger = Math.max(1, said[0] / image.naturalWidth);
      const height = (said[0] * image.naturalHeight) / image.naturalWidth;
      const without = image.closest('p') && !image.hasAttribute('width');
      if (!without && !(Math.abs(height - said[1]) <= larger)) {
        problems.push(`says ${said.join('x')}, is ${image.naturalWidth}x${image.naturalHeight}`);
      }
      return problems.map((problem) => `${image.getAttribute('src')} ${problem}`);
    }),
  );
  assert.deepEqual(wrong, [], 'pictures');
}

export async function beginsWithTheSkipLink(page) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => {
    const { top, left, width, height } = document.activeElement.getBoundingClientRect();
    return {
      href: document.activeElement.getAttribute('href'),
      visible: top >= 0 && left >= 0 && width > 0 && height > 0,
    };
  });
  assert.deepEqual(first, { href: '#main', visible: true }, 'the first stop of the tab key');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'main');
}

export async function isAccessible(page) {
  const { violations, passes } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(RULES)
    .analyze();
  assert.ok(passes.length > 5, 'axe looked at the page');
  const found = violations.flatMap(({ id, nodes }) =>
    nodes
      // A table that scrolls needs no tabindex: browsers stop at a scrolling box by themselves (see `scrollsByKeyboard`).
      .filter(({ target }) => !(id === 'scrollable-region-focusable' && /(^|> )table(:nth-child\(\d+\))?$/.test(target[0])))
      .map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
  assert.deepEqual(found, [], 'axe');
}

// Presses the tab key until it stops at a table that is too wide, and the arrow key there.
export async function scrollsByKeyboard(page) {
  const stops = [];
  while (stops.at(-1) !== 'TABLE' && stops.length < 50) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement.tagName));
  }
  assert.equal(stops.at(-1), 'TABLE', `the tab key stopped at ${stops}`);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
}
