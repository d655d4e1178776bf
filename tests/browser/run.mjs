// Builds this repository's site and a site of hard cases, opens their pages in Chromium on a phone and on a desk, light
// and dark, and looks for what a reader would stumble over.
//
//   CHROMIUM=/usr/bin/chromium   the browser
//   HALLWAY=target/debug/hallway the builder; without it `cargo run --release`
//   SHOTS=folder                 where to put a picture of each page, for people to look at

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import * as checks from './checks.mjs';
import { SITES, build, fileOf, filesOf, serve } from './sites.mjs';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const DESK = { viewport: { width: 1280, height: 900 } };
const DESK_NARROW = { viewport: { width: 600, height: 800 } };
const SMALLEST = { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true };
const WINDOWS = [['390', PHONE], ['1280', DESK]];

const folder = mkdtempSync(path.join(tmpdir(), 'hallway-browser-'));
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

// Opens `address` in a fresh window, hands it to `look`, and asserts that the page did not complain.
async function open(server, address, settings, look) {
  const context = await browser.newContext(settings);
  try {
    const page = await context.newPage();
    const complaints = checks.watch(page, server.origin);
    await page.goto(server.origin + address, { waitUntil: 'load' });
    await look(page);
    assert.deepEqual(complaints, [], 'complaints of the page');
  } finally {
    await context.close();
  }
}

// Copies a site and gives it a configuration.
function withConfig(source, config) {
  const copy = path.join(folder, 'configured');
  cpSync(source, copy, { recursive: true });
  writeFileSync(path.join(copy, 'hallway.yaml'), config);
  return copy;
}

async function keepPicture(page, name) {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`), fullPage: true });
}

for (const site of SITES) {
  describe(`site ${site.name}`, () => {
    const out = path.join(folder, site.name);
    let server;
    const address = (route) => server.prefix + route.slice(1);

    before(async () => {
      build(site, out, withConfig);
      server = await serve(out, site.base);
    });
    after(() => server?.close());

    for (const [name, route] of Object.entries(site.pages)) {
      for (const [width, window] of WINDOWS) {
        for (const colorScheme of ['light', 'dark']) {
          test(`${name} at ${width} px, ${colorScheme}`, () =>
            open(server, address(route), { ...window, colorScheme }, async (page) => {
              await checks.loadPictures(page);
              await keepPicture(page, `${site.name}-${name}-${width}-${colorScheme}`);
              await checks.hasOneHeadline(page);
              await checks.showsItsPictures(page);
              await checks.beginsWithTheSkipLink(page);
              await checks.unfold(page);
              await checks.fitsItsWindow(page);
              await checks.isAccessible(page);
            }));
        }
      }
    }

    test('every page fits the smallest telephone', async () => {
      for (const route of pageAddresses(out, server.prefix)) {
        if (isRedirect(fileOf(out, server.prefix, route))) continue;
        await open(server, encodeURI(route), SMALLEST, async (page) => {
          await checks.unfold(page);
          await checks.fitsItsWindow(page);
          await checks.hasOneHeadline(page);
          // JSON-LD is data: it is never run, and the policy does not mean it.
          const inline = page.locator('script:not([src], [type="application/ld+json"]), style, [style]');
          assert.equal(await inline.count(), 0, `nothing inline in ${route}`);
        }).catch((error) => {
          throw new Error(`${route}: ${error.message}`, { cause: error });
        });
      }
    });

    test('every link leads somewhere', async () => {
      await open(server, address('/'), DESK, async (page) => {
        const routes = filesOf(out).filter((file) => /\.(html|xml)$/.test(file) && !/atom\.xml$/.test(file)).map((file) => server.prefix + file);
        const documents = new Map();
        for (const route of routes) documents.set(route, await page.evaluate(readDocument, encodeURI(route)));
        const home = new URL(site.base, server.origin);
        let followed = 0;
        const dead = [];
        for (const [route, { links }] of documents) {
          for (const link of links) {
            const url = new URL(link, home.origin + encodeURI(route).replace(/index\.html$/, ''));
            if (url.origin !== home.origin) continue;
            followed += 1;
            const file = fileOf(out, server.prefix, url.pathname);
            const target = file && server.prefix + path.relative(out, file).split(path.sep).join('/');
            const id = decodeURIComponent(url.hash.slice(1));
            if (!file || !existsSync(file)) dead.push(`${route}: ${link}`);
            else if (id && !documents.get(target)?.ids.includes(id)) dead.push(`${route}: ${link} (no such id)`);
          }
        }
        assert.deepEqual(dead, []);
        assert.ok(followed > routes.length, `only ${followed} links in ${routes.length} files`);
      });
    });

    test('everything is there without scripts', () =>
      open(server, address(site.pages.report), { ...PHONE, javaScriptEnabled: false }, async (page) => {
        assert.ok(await page.locator('h1').isVisible());
        assert.ok(await page.locator('.body > p').first().isVisible());
        if (await page.locator('.toc').count()) {
          await page.locator('.toc summary').click();
          assert.ok(await page.locator('.toc a').first().isVisible(), 'the table of contents unfolds');
        }
        await page.locator('a.brand').click();
        assert.equal(new URL(page.url()).pathname, server.prefix);
      }));

    test('a report prints black on white, without the ways around it', () =>
      open(server, address(site.pages.report), { ...DESK, colorScheme: 'dark' }, async (page) => {
        await checks.loadPictures(page);
        await page.emulateMedia({ media: 'print' });
        await page.setViewportSize({ width: 720, height: 1000 });
        await checks.fitsItsWindow(page);
        assert.ok(await page.locator('h1').isVisible());
        for (const hidden of ['.sign nav', '.neighbours', '.toc', '.skip']) {
          for (const part of await page.locator(hidden).all()) assert.ok(!(await part.isVisible()), hidden);
        }
        const ink = await page.locator('.body').evaluate((body) => getComputedStyle(body).color);
        assert.ok(ink.match(/\d+/g).slice(0, 3).every((value) => Number(value) < 80), `dark ink, not ${ink}`);
        const paper = await page.pdf({ format: 'A4' });
        assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
        if (process.env.SHOTS) writeFileSync(path.join(process.env.SHOTS, `${site.name}-report.pdf`), paper);
      }));
  });
}

describe('hard cases', () => {
  const site = SITES.find(({ name }) => name === 'edges');
  const out = path.join(folder, 'code');
  let server;

  before(async () => {
    build(site, out, withConfig);
    server = await serve(out, site.base);
  });
  after(() => server?.close());

  test('a wide table scrolls by keyboard', () =>
    open(server, site.pages.report, DESK_NARROW, checks.scrollsByKeyboard));

  // The policy of these pages allows no frame: what is shown is the address that the frame would have.
  test('a film is a link until it is clicked', async () => {
    const context = await browser.newContext(DESK);
    const page = await context.newPage();
    const complaints = checks.watch(page, server.origin);
    await page.goto(server.origin + site.pages.shown, { waitUntil: 'networkidle' });
    assert.equal(await page.locator('iframe').count(), 0);
    assert.deepEqual(complaints, [], 'nothing is asked of another site');
    const film = page.locator('a[data-frame]').first();
    assert.equal(await film.getAttribute('href'), 'https://www.youtube.com/watch?v=abc');
    await film.click();
    const frame = page.locator('iframe');
    assert.equal(await frame.getAttribute('src'), 'https://www.youtube-nocookie.com/embed/abc?autoplay=1');
    assert.match(await frame.getAttribute('title'), /^A film with a title/);
    await context.close();
  });

  test('code keeps its lines and spaces', () =>
    open(server, site.pages.report, DESK, async (page) => {
      const copied = await page.locator('pre.chroma').first().evaluate((block) => {
        getSelection().selectAllChildren(block);
        return getSelection().toString();
      });
      const lines = copied.split('\n');
      assert.equal(lines[1], "pub fn total<'a>(numbers: impl Iterator<Item = &'a u64>) -> Result<u64, Overflow> {");
      assert.match(lines[2], /^    let mut sum: u64 = 0; /);
      assert.equal(lines[5], '}');
    }));

  test('code has colours of its own in light and in dark', async () => {
    const seen = {};
    for (const colorScheme of ['light', 'dark']) {
      await open(server, site.pages.report, { ...DESK, colorScheme }, async (page) => {
        seen[colorScheme] = await page.locator('pre.chroma').first().evaluate((block) => ({
          paper: getComputedStyle(block).backgroundColor,
          inks: [...new Set([...block.querySelectorAll('span')].map((span) => getComputedStyle(span).color))],
        }));
      });
      assert.ok(seen[colorScheme].inks.length >= 5, `${colorScheme}: ${seen[colorScheme].inks}`);
    }
    assert.notEqual(seen.light.paper, seen.dark.paper);
    const kept = seen.light.inks.filter((ink) => seen.dark.inks.includes(ink));
    assert.deepEqual(kept, [], 'no ink is the same in both');
  });
});

describe('a menu of two levels', () => {
  const site = SITES.find(({ name }) => name === 'folder');
  const out = path.join(folder, 'menu');
  let server;

  before(async () => {
    rmSync(path.join(folder, 'configured'), { recursive: true, force: true });
    build(site, out, withConfig);
    server = await serve(out, site.base);
  });
  after(() => server?.close());

  for (const [width, window] of WINDOWS) {
    test(`unfolds at ${width} px and leads on`, () =>
      open(server, server.prefix, window, async (page) => {
        const more = page.locator('nav summary', { hasText: 'More' });
        const tags = page.locator('nav[aria-label=Main]').getByRole('link', { name: 'Tags' });
        assert.ok(!(await tags.isVisible()));
        await more.click();
        await checks.fitsItsWindow(page);
        await checks.isAccessible(page);
        await keepPicture(page, `folder-menu-${width}`);
        await tags.click();
        assert.equal(new URL(page.url()).pathname, `${server.prefix}tags/`);
      }));
  }
});

function pageAddresses(out, prefix) {
  return filesOf(out).filter((file) => file.endsWith('.html')).map((file) => prefix + file.replace(/(^|\/)index\.html$/, '$1'));
}

function isRedirect(file) {
  return readFileSync(file, 'utf8').includes('http-equiv="refresh"');
}

// Runs in the browser: reads a file of the site without opening it, so that a redirect stays where it is.
async function readDocument(address) {
  const response = await fetch(address);
  const kind = address.endsWith('.xml') ? 'text/xml' : 'text/html';
  const parsed = new DOMParser().parseFromString(await response.text(), kind);
  if (parsed.querySelector('parsererror')) throw new Error(`${address} is not well-formed`);
  const addresses = [...parsed.querySelectorAll('[href], [src], [content^="0; url="], [content^="0;url="]')].map(
    (element) => element.getAttribute('href') ?? element.getAttribute('src') ?? element.content.replace(/^0; ?url=/, ''),
  );
  const named = [...parsed.querySelectorAll('loc, channel > link, item > link, item > guid')].map((element) => element.textContent);
  return { links: [...addresses, ...named], ids: [...parsed.querySelectorAll('[id]')].map((element) => element.id) };
}
