// What readers do beyond reading: they search, switch the appearance, walk through a page by keyboard, open a feed.
//
//   CHROMIUM=/usr/bin/chromium   the browser
//   HALLWAY=target/debug/hallway the builder; without it `cargo run --release`

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import * as checks from './checks.mjs';
import { SITES, build, serve } from './sites.mjs';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const DESK = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const REPORT = '/blog/2025/09/18/corridor-conf-2025-day-one/';

const folder = mkdtempSync(path.join(tmpdir(), 'hallway-reading-'));
let browser;
let server;
let conference;

// Builds one of the sites, and serves it.
function made(name) {
  const site = SITES.find((site) => site.name === name);
  build(site, path.join(folder, name));
  return serve(path.join(folder, name), site.base);
}

before(async () => {
  server = await made('own');
  conference = await made('conference');
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
});

after(async () => {
  await browser?.close();
  server?.close();
  conference?.close();
  rmSync(folder, { recursive: true, force: true });
});

// Opens an address in a fresh window, hands it to `look`, and asserts that the page did not complain.
async function open(address, settings, look, { origin } = server) {
  const context = await browser.newContext(settings);
  try {
    const page = await context.newPage();
    const complaints = checks.watch(page, origin);
    await page.goto(origin + address, { waitUntil: 'load' });
    await look(page);
    assert.deepEqual(complaints, [], 'complaints of the page');
  } finally {
    await context.close();
  }
}

const results = (page) => page.locator('.search-title');

describe('the search', () => {
  test('finds a word that stands in the text of one post alone', () =>
    open('/', DESK, async (page) => {
      await page.getByRole('link', { name: 'Search' }).click();
      const field = page.getByRole('searchbox');
      assert.ok(await field.evaluate((element) => element === document.activeElement), 'the field has the focus');
      await field.fill('raincoat');
      await results(page).first().waitFor();
      const found = await results(page).allTextContents();
      assert.equal(found.length, 1, `found ${found}`);
      assert.match(await page.locator('.search-status').textContent(), /: 1$/);
      assert.match(await page.locator('.search-results .excerpt mark').first().textContent(), /^raincoat/i);
      await checks.isAccessible(page);
      await checks.fitsItsWindow(page);
    }));

  test('is walked through by keyboard, and leads to what was found', () =>
    open('/about/', DESK, async (page) => {
      await page.keyboard.press('/');
      await page.getByRole('searchbox').waitFor();
      await page.keyboard.type('workshop on very small comput');
      await results(page).first().waitFor();
      await page.waitForFunction(() => document.querySelector('.search-title').textContent.startsWith('Tiny Metal Days'));
      await page.keyboard.press('ArrowDown');
      assert.ok(await results(page).first().evaluate((link) => link === document.activeElement));
      await page.keyboard.press('ArrowUp');
      assert.ok(await page.getByRole('searchbox').evaluate((field) => field === document.activeElement));
      // The first takes back what was typed, as in any field for searching, the second closes the box.
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.locator('.search-box').waitFor({ state: 'hidden' });
      assert.ok(await page.getByRole('link', { name: 'Search' }).evaluate((way) => way === document.activeElement), 'the focus is back');
      await page.keyboard.press('Enter');
      await page.keyboard.type('workshop on very small comput');
      await page.waitForFunction(() => document.querySelector('.search-title')?.textContent.startsWith('Tiny Metal Days'));
      await page.getByRole('searchbox').press('Enter');
      await page.waitForURL('**/tiny-metal-days/');
    }));

  test('says so where nothing is found, and forgives an ending', () =>
    open('/archive/', PHONE, async (page) => {
      const field = page.getByRole('searchbox');
      await field.fill('zzzzzz');
      await page.getByText('Nothing found').waitFor();
      assert.equal(await results(page).count(), 0);
      await field.fill('coffees');
      await results(page).first().waitFor();
      await checks.fitsItsWindow(page);
      await checks.isAccessible(page);
    }));

  test('is there where an address is lost', () =>
    open('/404.html', DESK, async (page) => {
      await page.getByRole('searchbox').fill('resolver');
      await results(page).first().waitFor();
    }));

  test('leads to the archive without scripts', () =>
    open('/', { ...DESK, javaScriptEnabled: false }, async (page) => {
      assert.ok(await page.locator('.appearance').isHidden(), 'nothing is offered that only a script does');
      await page.getByRole('link', { name: 'Search' }).click();
      assert.equal(new URL(page.url()).pathname, '/archive/');
      assert.ok(await page.getByRole('link', { name: /^Corridor Conf 2025/ }).isVisible());
      assert.equal(await page.getByRole('searchbox').count(), 0);
    }));

  test('loads nothing before it is wanted, and little then', () =>
    open('/', DESK, async (page) => {
      const asked = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      assert.ok(!(await page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /search/.test(name)))));
      await page.getByRole('link', { name: 'Search' }).click();
      await page.getByRole('searchbox').fill('raincoat');
      await results(page).first().waitFor();
      const texts = asked.filter((address) => /\/search\/en\/\d+\.json$/.test(address));
      assert.equal(texts.length, 1, `${asked}`);
    }));
});

describe('the search of a site with events', () => {
  test('finds people, events by their place, and says what a report is about', () =>
    open('/', DESK, async (page) => {
      await page.getByRole('link', { name: 'Search' }).click();
      const field = page.getByRole('searchbox');
      const first = (title) => page.waitForFunction((title) => document.querySelector('.search-title')?.textContent === title, title);
      await field.fill('priya nair');
      await first('Priya Nair');
      assert.equal(await results(page).first().getAttribute('href'), '/events/people/priya-nair/');
      await field.fill('prague');
      await page.getByRole('link', { name: 'Tiny Metal Days 2023', exact: true }).waitFor();
      const rows = await page.locator('.search-results li').allTextContents();
      assert.ok(rows.some((row) => row.includes('21 September 2023 · Events')), rows.join('\n'));
      assert.ok(rows.some((row) => row.includes('30 September 2023 · Tiny Metal Days 2023')), rows.join('\n'));
      await checks.isAccessible(page);
      await checks.fitsItsWindow(page);
    }, conference));
});

describe('the appearance', () => {
  const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  test('is switched, kept from page to page without a flash, and given back to the system', () =>
    open('/', { ...DESK, colorScheme: 'light' }, async (page) => {
      const light = await paper(page);
      const toggle = page.getByRole('button', { name: 'Dark appearance' });
      assert.equal(await toggle.getAttribute('aria-pressed'), 'false');
      await toggle.press('Space');
      assert.equal(await toggle.getAttribute('aria-pressed'), 'true');
      const dark = await paper(page);
      assert.notEqual(dark, light);
      // Before anything of the next page is drawn, its root says what was chosen.
      await page.addInitScript(() => {
        new MutationObserver((_, observer) => {
          if (!document.body) return;
          observer.disconnect();
          window.themeAtFirst = document.documentElement.dataset.theme;
        }).observe(document, { childList: true, subtree: true });
      });
      await page.goto(server.origin + REPORT);
      assert.equal(await page.evaluate(() => window.themeAtFirst), 'dark');
      assert.equal(await paper(page), dark);
      await checks.isAccessible(page);
      await page.getByRole('button', { name: 'Dark appearance' }).click();
      assert.equal(await page.evaluate(() => localStorage.getItem('hallway-appearance')), null);
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.equal(await paper(page), dark, 'it follows the system again');
    }));
});

describe('a page by keyboard', () => {
  test('every stop can be seen, and none is hidden by another', () =>
    open(REPORT, { ...DESK, reducedMotion: 'reduce' }, async (page) => {
      const stops = [];
      for (let count = 0; count < 80; count += 1) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return null;
          const box = element.getBoundingClientRect();
          const style = getComputedStyle(element);
          const top = document.elementFromPoint(
            Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1),
            Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1),
          );
          return {
            name: (element.textContent || element.getAttribute('aria-label') || '').trim().slice(0, 30),
            outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
            seen: box.width > 0 && box.height > 0 && (element.contains(top) || top?.contains(element)),
          };
        });
        if (!stop) break;
        stops.push(stop);
      }
      assert.ok(stops.length > 10, `${stops.length} stops`);
      assert.deepEqual(stops.filter(({ outline, seen }) => !outline || !seen), []);
    }));
});

describe('targets', () => {
  for (const address of ['/', REPORT, '/archive/', '/tags/']) {
    test(`are at least 24 pixels high and wide, or in a sentence: ${address}`, () =>
      open(address, PHONE, async (page) => {
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('a, button, summary, input')]
            .filter((element) => element.checkVisibility() && !element.closest('.body, .excerpt, .skip, figcaption') && !element.matches('.skip'))
            .map((element) => ({ text: element.textContent.trim().slice(0, 30), box: element.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 0 && (box.width < 23.5 || box.height < 23.5))
            .map(({ text, box }) => `${text}: ${Math.round(box.width)}x${Math.round(box.height)}`));
        assert.deepEqual(small, []);
      }));
  }
});

describe('a feed that is opened in a browser', () => {
  for (const feed of ['/index.xml', '/atom.xml']) {
    test(`can be read: ${feed}`, async () => {
      const page = await browser.newPage(DESK);
      await page.goto(server.origin + feed);
      try {
        const look = await page.evaluate(() => {
          const title = document.querySelector('channel > title, feed > title');
          const entry = document.querySelector('item > title, entry > title');
          const text = document.querySelector('item > description, entry > content');
          return [title, entry, text].map((element) => getComputedStyle(element).display);
        });
        assert.deepEqual(look, ['block', 'block', 'none']);
        assert.equal(await page.getByRole('link', { name: 'To the page' }).getAttribute('href'), 'https://hallway.example/');
      } finally {
        await page.close();
      }
    });
  }
});
