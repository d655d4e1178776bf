// The law of morphing, on thousands of made-up pages: afterwards the open page is equal to the next one, and what both
// have in common is still the same element.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const client = (name) => readFileSync(new URL(`../../src/serve/live/${name}`, import.meta.url), 'utf8');

let browser;
let page;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
  page = await browser.newPage();
  await page.evaluate((source) => {
    const own = document.createElement('script');
    own.setAttribute('src', '/_hallway/live.js');
    const names = 'parse, morphChildren, common, commonNearby';
    Object.assign(window, new Function('own', 'host', `'use strict';\n${source}\nreturn { ${names} };`)(own, null));
    window.morphTo = (html) => {
      const next = parse(`<body>${html}`);
      morphChildren(document.body, next.body, () => true);
      return next.body;
    };
    window.open = (html) => document.body.replaceChildren(...document.importNode(parse(`<body>${html}`).body, true).childNodes);
  }, `${client('files.js')}\n${client('morph.js')}`);
});
after(() => browser?.close());

test('any page becomes any other', async () => {
  const wrong = await page.evaluate(() => {
    let seed = 42;
    const below = (most) => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff;
      return (seed >> 8) % most;
    };
    const some = (list) => list[below(list.length)];
    const element = (depth) => {
      const name = some(['p', 'div', 'ul', 'section', 'b', 'details', 'h2', 'svg']);
      const id = below(3) ? '' : ` id="i${below(8)}"`;
      const others = below(3) ? '' : some([' class="c"', ' class="d"', ' @click="x"', ' data-x']);
      return `<${name}${id}${others}>${parts(depth - 1)}</${name}>`;
    };
    const part = (depth) => (depth === 0 || below(10) < 3 ? some(['a', 'bb ', '\n', '<!--c-->']) : element(depth));
    const parts = (depth) => Array.from({ length: below(6) }, () => part(depth)).join('');
    const edited = (html) => {
      const pieces = html.split(/(?=<)/);
      for (let left = 1 + below(3); left; left -= 1) {
        pieces.splice(below(pieces.length + 1), below(2), some(['', parts(1), some(pieces)]));
      }
      return pieces.join('');
    };
    for (let round = 0; round < 3000; round += 1) {
      const old = parts(4);
      const html = below(4) ? edited(old) : parts(4);
      open(old);
      const next = morphTo(html);
      // Neighbouring texts count as one, as in a page that was loaded.
      if (document.body.innerHTML !== next.innerHTML) return { old, html, made: document.body.innerHTML };
    }
    return undefined;
  });
  assert.equal(wrong, undefined);
});

test('what stays is the same element, in short lists and in very long ones', async () => {
  for (const count of [20, 3000]) {
    const replaced = await page.evaluate((lines) => {
      const list = Array.from({ length: lines }, (_, at) => `<p>Line ${at}</p>\n`);
      open(list.join(''));
      const was = new Set(document.body.children);
      list[2] = '<p>Changed</p>\n';
      list.splice(5, 0, '<p>New</p>\n');
      list.splice(lines - 5, 1);
      morphTo(list.join(''));
      return [...document.body.children].filter((line) => !was.has(line)).map((line) => line.textContent);
    }, count);
    assert.deepEqual(replaced, ['New'], `${count} lines`);
  }
});

test('a list of names is compared by its longest common part', async () => {
  const pairs = await page.evaluate(() => common([...'abcbdab'], [...'bdcaba']));
  assert.equal(pairs.length, 4);
  assert.deepEqual(await page.evaluate(() => commonNearby([...'abcd'], [...'axcd'])), [[0, 0], [2, 2], [3, 3]]);
});
