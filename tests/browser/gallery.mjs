// Draws photos, builds a site with galleries of them, and goes through it with the keyboard, a finger and the mouse.
//
//   CHROMIUM=/usr/bin/chromium   the browser
//   HALLWAY=target/debug/hallway the builder; without it `cargo run --release`
//   SHOTS=folder                 where to put pictures of the galleries, for people to look at

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import * as checks from './checks.mjs';
import { build, serve } from './sites.mjs';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const DESK = { viewport: { width: 1280, height: 900 } };
const SITE = {
  name: 'photos',
  source: 'tests/browser/photos',
  options: [],
  config: 'title: Photos\nbaseURL: https://photos.example/\n',
};
// Wide, high, square, a panorama, a thin one, a small one.
const PHOTOS = {
  'party/a-harbour.jpg': [2700, 1800],
  'party/b-portrait.jpg': [1200, 1800],
  'party/c-tower.jpg': [900, 1600],
  'party/d-square.jpg': [1500, 1500],
  'party/e-panorama.jpg': [2700, 700],
  'party/f-hall.jpg': [1600, 1200],
  'party/g-small.jpg': [320, 240],
  'party/h-screen.jpg': [1920, 1080],
  'party/i-stairs.jpg': [1200, 1500],
  'party/upstairs/1.jpg': [1500, 1000],
  'party/upstairs/2.jpg': [1000, 1500],
  'party/upstairs/3.jpg': [1500, 1000],
  'figures/one.jpg': [1800, 1200],
  'figures/two.jpg': [1500, 1500],
  'rest/one.jpg': [1500, 1000],
  'rest/two.jpg': [1000, 1400],
  'rest/three.jpg': [1500, 1000],
  'rest/featured.jpg': [600, 400],
};

const folder = mkdtempSync(path.join(tmpdir(), 'hallway-gallery-'));
let browser;
let server;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  const copy = path.join(folder, 'site');
  const page = await browser.newPage();
  const drawn = {};
  for (const [name, size] of Object.entries(PHOTOS)) drawn[name] = await page.evaluate(draw, [name, size]);
  await page.close();
  build(SITE, path.join(folder, 'public'), (source, config) => {
    cpSync(source, copy, { recursive: true });
    for (const [name, bytes] of Object.entries(drawn)) {
      const file = path.join(copy, 'content', name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, Buffer.from(bytes, 'base64'));
    }
    writeFileSync(path.join(copy, 'hallway.yaml'), config);
    return copy;
  });
  server = await serve(path.join(folder, 'public'), 'https://photos.example/');
});

after(async () => {
  await server?.close();
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

// Draws hills under a sky of some colour, as a JPEG in base64; the same for the same name.
function draw([name, [width, height]]) {
  let seed = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7);
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const paint = canvas.getContext('2d');
  const hue = Math.round(random() * 360);
  const sky = paint.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue} 55% 35%)`);
  sky.addColorStop(0.7, `hsl(${(hue + 40) % 360} 70% 78%)`);
  paint.fillStyle = sky;
  paint.fillRect(0, 0, width, height);
  paint.fillStyle = `hsl(${(hue + 60) % 360} 90% 88%)`;
  paint.beginPath();
  paint.arc(width * (0.2 + random() * 0.6), height * 0.35, Math.min(width, height) * 0.09, 0, 7);
  paint.fill();
  for (let hill = 0; hill < 4; hill += 1) {
    const [high, slow] = [height * (0.5 + hill * 0.12), 1 + random() * 3];
    const phase = random() * 7;
    paint.fillStyle = `hsl(${(hue + 150) % 360} 30% ${42 - hill * 9}%)`;
    paint.beginPath();
    paint.moveTo(0, height);
    for (let x = 0; x <= width; x += 4) {
      paint.lineTo(x, high + Math.sin((x / width) * 6 * slow + phase) * height * 0.06 + Math.sin(x / 37 + phase) * 3);
    }
    paint.lineTo(width, height);
    paint.fill();
  }
  for (let grain = 0; grain < (width * height) / 900; grain += 1) {
    paint.fillStyle = `rgb(${random() > 0.5 ? '255 255 255' : '0 0 0'} / .08)`;
    paint.fillRect(random() * width, random() * height, 3, 3);
  }
  // What a frame cuts off can be seen.
  paint.strokeStyle = '#fff';
  paint.lineWidth = Math.min(width, height) / 60;
  paint.strokeRect(0, 0, width, height);
  return canvas.toDataURL('image/jpeg', 0.85).split(',')[1];
}

// Opens `address` in a fresh window, hands it to `look`, and asserts that the page did not complain.
async function open(address, settings, look, { prepare, leaves = false } = {}) {
  const context = await browser.newContext(settings);
  try {
    const page = await context.newPage();
    const complaints = checks.watch(page, server.origin);
    await prepare?.(page);
    await page.goto(server.origin + address, { waitUntil: prepare ? 'domcontentloaded' : 'load' });
    await look(page);
    // A picture on its own is a page of the browser's, with styles that our policy refuses.
    if (!leaves) assert.deepEqual(complaints, [], 'complaints of the page');
  } finally {
    await context.close();
  }
}

async function keepPicture(page, name, fullPage = false) {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(process.env.SHOTS, `gallery-${name}.png`), fullPage });
}

const photos = (page, gallery = 0) => page.locator('.gallery').nth(gallery).locator('a[data-width]');
const box = (page) => page.getByRole('dialog');
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

// Waits until the dialog shows the photo of a number, and it is loaded.
async function shows(page, number, total) {
  await box(page).getByText(`${number} / ${total}`, { exact: true }).waitFor({ state: total === 1 ? 'attached' : 'visible' });
  await page.locator('.lightbox-photo.is-loaded').waitFor();
}

describe('a page with galleries', () => {
  for (const [width, settings] of [['390', PHONE], ['1280', DESK]]) {
    test(`does not move while its pictures come, at ${width} px`, async () => {
      let release;
      const held = new Promise((done) => { release = done; });
      const prepare = async (page) => {
        await page.route(/\.(jpg|webp)$/, async (route) => {
          await held;
          await route.continue();
        });
        await page.addInitScript(() => {
          window.shifts = [];
          new PerformanceObserver((list) => {
            for (const shift of list.getEntries()) window.shifts.push(shift.value);
          }).observe({ type: 'layout-shift', buffered: true });
        });
      };
      await open('/party/', settings, async (page) => {
        const places = () => page.evaluate(() => [...document.querySelectorAll('.body *')].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return [element.localName, ...[x, y, width, height].map((side) => Math.round(side * 10))].join(' ');
        }));
        const painted = () => page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
        await painted();
        const empty = await places();
        await keepPicture(page, `empty-${width}`, true);
        release();
        await checks.loadPictures(page);
        await painted();
        assert.deepEqual(await places(), empty, 'everything is where it was');
        assert.equal(await page.evaluate(() => window.shifts.reduce((sum, shift) => sum + shift, 0)), 0, 'cumulative layout shift');
        await keepPicture(page, `page-${width}`, true);
        await checks.showsItsPictures(page);
        await checks.fitsItsWindow(page);
        await checks.isAccessible(page);
      }, { prepare });
    });

    test(`has rows that are as high as each other and fill its width, at ${width} px`, () =>
      open('/party/', settings, async (page) => {
        const { rows, right } = await page.evaluate(() => {
          const gallery = document.querySelector('.gallery');
          const rows = new Map();
          for (const item of gallery.children) {
            const { top, height, right, width } = item.getBoundingClientRect();
            const image = item.querySelector('img');
            const own = image.getAttribute('width') / image.getAttribute('height');
            const kept = Math.min(own / (width / height), width / height / own);
            rows.set(Math.round(top), [...(rows.get(Math.round(top)) ?? []), { height, right, kept }]);
          }
          return { rows: [...rows.values()], right: gallery.getBoundingClientRect().right };
        });
        assert.ok(rows.length > 1, `${rows.length} rows`);
        for (const [at, row] of rows.entries()) {
          const heights = row.map(({ height }) => height);
          assert.ok(Math.max(...heights) - Math.min(...heights) < 0.1, `row ${at}: ${heights}`);
          for (const { kept } of row) assert.ok(kept > 0.93, `${kept} of a photo is shown`);
          const gap = right - row.at(-1).right;
          // A row that is stretched to its limit may end before.
          const isHighest = heights[0] > 0.99 * (width === '390' ? 3.3 * 7 : 2.2 * 11) * 16;
          if (at < rows.length - 1 && !isHighest) assert.ok(Math.abs(gap) < 0.6, `row ${at} ends ${gap} px before the end`);
        }
        assert.ok(right - rows.at(-1).at(-1).right > -0.6, 'the last row fits');
      }));

    for (const colorScheme of ['light', 'dark']) {
      test(`shows a photo in the whole window, at ${width} px, ${colorScheme}`, () =>
        open('/party/', { ...settings, colorScheme }, async (page) => {
          await photos(page).nth(2).click();
          await shows(page, 3, 9);
          await checks.isAccessible(page);
          await keepPicture(page, `box-${width}-${colorScheme}`);
          const { photo, stage } = await page.evaluate(() => ({
            photo: document.querySelector('.lightbox-photo').getBoundingClientRect().toJSON(),
            stage: document.querySelector('.lightbox-stage').getBoundingClientRect().toJSON(),
          }));
          assert.ok(photo.width <= stage.width + 1 && photo.height <= stage.height + 1, 'the photo fits');
          assert.ok(photo.width > stage.width - 2 || photo.height > stage.height - 2, 'and fills');
          await box(page).getByRole('button', { name: 'Next' }).click();
          await box(page).getByRole('button', { name: 'Next' }).click();
          await shows(page, 5, 9);
          await keepPicture(page, `box-panorama-${width}-${colorScheme}`);
          await box(page).getByRole('button', { name: 'Close' }).click();
          await box(page).waitFor({ state: 'hidden' });
        }));
    }
  }

  test('is gone through with the keyboard, and the focus returns', () =>
    open('/party/', DESK, async (page) => {
      const second = photos(page).nth(1);
      await second.focus();
      await page.keyboard.press('Enter');
      await shows(page, 2, 9);
      assert.equal(await box(page).getAttribute('aria-label'), 'Photos');
      assert.ok(await isFocused(box(page).getByRole('button', { name: 'Next' })));
      const steps = [
        ['ArrowRight', 3], ['ArrowRight', 4], ['ArrowLeft', 3], ['End', 9], ['ArrowRight', 1], ['ArrowLeft', 9], ['Home', 1], ['Enter', 2],
      ];
      for (const [key, number] of steps) {
        await page.keyboard.press(key);
        await shows(page, number, 9);
        assert.match(await page.locator('#lightbox-words').innerText(), new RegExp(`^Photo ${number} of 9`));
      }
      // The tab key stays within the dialog, as far as it is the page's.
      const stops = new Set();
      for (let press = 0; press < 8; press += 1) {
        await page.keyboard.press('Tab');
        stops.add(await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.localName));
      }
      stops.delete('body');
      assert.deepEqual([...stops].sort(), ['Close', 'Next', 'Previous']);
      await page.keyboard.press('Escape');
      await box(page).waitFor({ state: 'hidden' });
      assert.ok(await isFocused(second), 'the focus is on the photo that was opened');
    }));

  test('says what is to be seen', () =>
    open('/party/', DESK, async (page) => {
      const names = await photos(page).locator('img').evaluateAll((images) => images.map((image) => image.alt));
      assert.deepEqual(names.slice(0, 4), ['The harbour before the doors opened', 'Photo 2 of 9', 'The tower', 'Photo 4 of 9']);
      await photos(page).first().click();
      await shows(page, 1, 9);
      const words = page.locator('#lightbox-words');
      assert.deepEqual((await words.innerText()).split('\n').filter(Boolean),
        ['Photo 1 of 9', 'The harbour before the doors opened', 'Photo: Sam Sample']);
      await page.keyboard.press('End');
      await shows(page, 9, 9);
      assert.equal((await words.innerText()).trim(), 'Photo 9 of 9');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await shows(page, 3, 9);
      assert.match(await words.innerText(), /^Photo 3 of 9\. The tower\s+We climbed it/);
    }));

  test('knows the size of a photo before it is there, and has its neighbours ready', async () => {
    const asked = [];
    let release;
    const held = new Promise((done) => { release = done; });
    await open('/party/', DESK, async (page) => {
      await page.route(/\.(jpg|webp)$/, async (route) => {
        asked.push(new URL(route.request().url()).pathname);
        await held;
        await route.continue();
      });
      await photos(page).nth(7).click();
      const size = () => page.locator('.lightbox-photo').evaluate((image) => {
        const { x, y, width, height } = image.getBoundingClientRect();
        return [x, y, width, height].map(Math.round);
      });
      const before = await size();
      assert.ok(before[2] > 900, `${before}`);
      release();
      await shows(page, 8, 9);
      assert.deepEqual(await size(), before);
      const loads = (name) => asked.some((address) => address.startsWith(`/party/${name}`));
      while (!loads('g-small') || !loads('i-stairs')) await page.waitForEvent('response');
      assert.ok(!loads('a-harbour') && !loads('e-panorama'), `only neighbours: ${asked}`);
      await page.keyboard.press('ArrowRight');
      await shows(page, 9, 9);
    });
  });

  test('fits a telephone that is held across', () =>
    open('/party/', { ...PHONE, viewport: { width: 844, height: 390 } }, async (page) => {
      await photos(page).nth(2).click();
      await shows(page, 3, 9);
      for (const name of ['Previous', 'Next', 'Close']) {
        const { x, y, width, height } = await box(page).getByRole('button', { name }).boundingBox();
        assert.ok(x >= 0 && y >= 0 && x + width <= 844 && y + height <= 390, `${name} is at ${x}, ${y}`);
      }
      await keepPicture(page, 'box-across');
      await page.keyboard.press('Home');
      await shows(page, 1, 9);
      await keepPicture(page, 'box-across-wide');
    }));

  test('is leafed through with a finger', () =>
    open('/party/', PHONE, async (page) => {
      const touch = await page.context().newCDPSession(page);
      // A finger that rests before it leaves: one that is thrown sets off a fling, and the tap that ends a fling is no click.
      const swipe = async (fromX, toX, toY = 400) => {
        const began = Date.now() / 1000 - 1;
        const event = (type, seconds, ...touchPoints) =>
          touch.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp: began + seconds });
        const at = (share) => ({ x: fromX + (toX - fromX) * share, y: 400 + (toY - 400) * share });
        await event('touchStart', 0, at(0));
        for (let step = 1; step <= 4; step += 1) await event('touchMove', step / 20, at(step / 4));
        await event('touchMove', 0.9, at(1));
        await event('touchEnd', 1);
      };
      await photos(page).nth(1).tap();
      await shows(page, 2, 9);
      await swipe(300, 100);
      await shows(page, 3, 9);
      await swipe(100, 300);
      await shows(page, 2, 9);
      await swipe(200, 180);
      assert.equal(await page.locator('.lightbox-photo').evaluate((image) => image.style.translate), '', 'it springs back');
      await shows(page, 2, 9);
      await page.touchscreen.tap(195, 66);
      await box(page).waitFor({ state: 'hidden' });
    }));

  test('is leafed through with the mouse, and closed by a click beside the photo', () =>
    open('/party/', DESK, async (page) => {
      await photos(page).nth(3).click();
      await shows(page, 4, 9);
      const drag = async (from, to) => {
        await page.mouse.move(from, 450);
        await page.mouse.down();
        await page.mouse.move((from + to) / 2, 450);
        await page.mouse.move(to, 450);
        await page.mouse.up();
      };
      await drag(700, 500);
      await shows(page, 5, 9);
      await drag(500, 700);
      await shows(page, 4, 9);
      await page.mouse.click(640, 450);
      assert.ok(await box(page).isVisible(), 'a click on the photo closes nothing');
      await page.mouse.click(120, 300);
      await box(page).waitFor({ state: 'hidden' });
      assert.ok(await isFocused(photos(page).nth(3)));
    }));

  test('is read from right to left where the page is', () =>
    open('/party/', DESK, async (page) => {
      await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
      await photos(page).nth(1).click();
      await page.keyboard.press('ArrowLeft');
      await shows(page, 3, 9);
      await keepPicture(page, 'box-rtl');
    }));

  test('keeps its galleries apart', () =>
    open('/party/', DESK, async (page) => {
      assert.equal(await photos(page, 1).count(), 3);
      assert.match(await photos(page, 1).first().getAttribute('href'), /upstairs\/3/, 'the last name comes first');
      await photos(page, 1).nth(1).click();
      await shows(page, 2, 3);
      await page.keyboard.press('Escape');
      await photos(page, 0).nth(1).click();
      await shows(page, 2, 9);
    }));

  test('opens again where another version of the page has taken it away', () =>
    open('/party/', DESK, async (page) => {
      await photos(page).nth(1).click();
      await shows(page, 2, 9);
      await box(page).evaluate((dialog) => dialog.remove());
      await photos(page).nth(3).click();
      await shows(page, 4, 9);
    }));

  test('leaves a click that wants another tab to the browser', () =>
    open('/party/', DESK, async (page) => {
      const [tab] = await Promise.all([
        page.context().waitForEvent('page'),
        photos(page).first().click({ modifiers: ['ControlOrMeta'] }),
      ]);
      await tab.waitForURL(/a-harbour/);
      assert.equal(await box(page).count(), 0);
    }));

  test('opens the large pictures without scripts', () =>
    open('/party/', { ...PHONE, javaScriptEnabled: false }, async (page) => {
      const address = await photos(page).first().getAttribute('href');
      assert.match(address, /\.webp$/);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.url().endsWith(address)),
        photos(page).first().click(),
      ]);
      assert.equal(answer.status(), 200);
      await page.waitForURL((url) => url.pathname === address);
      assert.deepEqual(await page.locator('img').evaluate((image) => [image.naturalWidth, image.naturalHeight]), [2560, 1707]);
    }, { leaves: true }));

  test('is still there where photos cannot be loaded', () =>
    open('/party/', DESK, async (page) => {
      // An address that is there, and is no picture.
      await photos(page).first().evaluate((link) => {
        link.removeAttribute('data-srcset');
        link.href = location.pathname;
      });
      await photos(page).first().click();
      await box(page).getByText('1 / 9', { exact: true }).waitFor();
      assert.ok(await page.locator('.lightbox-preview').evaluate((image) => image.decode().then(() => image.checkVisibility())));
      await page.keyboard.press('ArrowRight');
      await shows(page, 2, 9);
    }));
});

describe('other pages', () => {
  test('figures in a gallery are looked at in the same way', () =>
    open('/figures/', DESK, async (page) => {
      assert.equal(await photos(page).count(), 2, 'a figure with a link of its own keeps it');
      await photos(page).first().click();
      await shows(page, 1, 2);
      assert.match(await page.locator('#lightbox-words').innerText(), /^Photo 1 of 2\. A hill in the morning\s+In the morning$/);
      await keepPicture(page, 'figures');
      await page.keyboard.press('ArrowRight');
      await shows(page, 2, 2);
      await page.keyboard.press('Escape');
      await checks.isAccessible(page);
    }));

  test('photos that a text does not show follow it', () =>
    open('/rest/', DESK, async (page) => {
      const addresses = await photos(page).evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
      assert.deepEqual(addresses, ['/rest/three.jpg', '/rest/two.jpg']);
      await keepPicture(page, 'rest', true);
    }));

  test('a page without a gallery loads nothing of it', () =>
    open('/', DESK, async (page) => {
      assert.equal(await page.locator('[src*="gallery"], [href*="gallery"]').count(), 0);
    }));
});
