// Opens a site in preview, edits its sources, and looks at what the open page makes of it.
//
//   CHROMIUM=/usr/bin/chromium   the browser
//   HALLWAY=target/debug/hallway the program; without it the release build
//   SHOTS=folder                 where to put pictures of the overlay, for people to look at

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import * as checks from './checks.mjs';

const { preview } = await import(process.env.PREVIEW_MOCK ? './preview_mock.mjs' : './preview.mjs');

const LAN = 'lan.example';
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  // A name that stands for the local network: over plain http it is no secure context.
  `--host-resolver-rules=MAP ${LAN} 127.0.0.1`];
const DESK = { viewport: { width: 1280, height: 900 } };

const CONFIG = `title: Preview
baseURL: https://example.org/sub/
markup: { goldmark: { renderer: { unsafe: true } } }
`;
const paragraphs = (count) => Array.from({ length: count }, (_, at) => `Paragraph ${at + 1} of a long report.\n`);
const LONG = `---
title: Long
date: 2025-01-02
---
Opening.

${paragraphs(20).join('\n')}
<p><input id="name" value="old" aria-label="Name"></p>

<details id="notes"><summary>Notes</summary><p id="inside">Folded.</p></details>

${paragraphs(40).join('\n')}
See [the published page](https://example.org/sub/about/?q=1#main).
`;
const SCRIPTED = `---
title: Scripted
layout: scripted
---
Text.

<div id="widget" data-live-ignore>empty</div>
`;
const FILES = {
  'hallway.yaml': CONFIG,
  'content/blog/long/index.md': LONG,
  'content/about.md': '---\ntitle: About\n---\nAbout us.\n',
  'content/scripted.md': SCRIPTED,
  'static/css/site.css': '@import "part.css";\nh1 { border-left: 7px solid rgb(1, 2, 3) }\n',
  'static/css/part.css': 'h1 { border-right: 7px solid rgb(1, 2, 3) }\n',
  'static/pictures/red.svg': picture(10, 5),
  'static/js/widget.js': 'document.getElementById("widget").textContent = "filled"; window.runs = "first";',
  'templates/base.html': `{% extends "default/base.html" %}
{% block head %}<link rel="stylesheet" href="{{ asset(path="css/site.css") }}">{% endblock %}
`,
  'templates/scripted.html': `{% extends "page.html" %}
{% block head %}<script src="{{ asset(path="js/widget.js") }}" defer></script>{% endblock %}
`,
};

function picture(width, height) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><path d="M0 0h9v9z"/></svg>`;
}

let browser;
let stage;
let context;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
});
after(() => browser?.close());

// Opens a page of the site in a new tab and waits until it hears of changes.
async function open(route, address = stage.url(route)) {
  const page = await context.newPage();
  const hears = page.waitForResponse((response) => response.url().endsWith('/_hallway/events'));
  await page.goto(address, { waitUntil: 'load' });
  await hears;
  await page.evaluate(() => { window.marker = true; });
  return page;
}

const shows = (page, text) => page.waitForFunction((wanted) => document.body?.innerText.includes(wanted), text);
const isSamePage = (page) => page.evaluate(() => window.marker === true);

// Counts what is written into a page from now on.
async function watchWrites(page) {
  await page.evaluate(() => {
    window.writes = [];
    const note = (records) => writes.push(...records.map(({ type, target }) => `${type} ${target.nodeName}`));
    window.watcher = new MutationObserver(note);
    watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  return () => page.evaluate(() => [...writes, ...watcher.takeRecords().map(({ type }) => type)]);
}

// Waits until the page has asked for itself and was told that it is the same.
const isTold = (page) =>
  page.waitForResponse((response) => response.status() === 304 && response.request().resourceType() === 'fetch');

describe('a saved change', () => {
  beforeEach(fresh());
  afterEach(clean);

  test('keeps scroll, focus, caret, selection, typed text and unfolded details', async () => {
    const page = await open('blog/long/');
    await page.click('#notes summary');
    await page.fill('#name', 'typed text');
    await page.evaluate(() => {
      document.querySelector('#name').setSelectionRange(2, 5);
      document.querySelector('#name').scrollIntoView({ block: 'center', behavior: 'instant' });
    });
    const top = () => page.evaluate(() => [document.activeElement.id, document.activeElement.selectionStart,
      document.activeElement.selectionEnd, document.activeElement.value,
      document.querySelector('#notes').open, document.activeElement.getBoundingClientRect().top]);
    const was = await top();
    // A window scrolls by whole pixels, and what is above it has any height.
    const isAsItWas = async () => {
      const is = await top();
      assert.deepEqual(is.slice(0, -1), was.slice(0, -1));
      assert.ok(Math.abs(is.at(-1) - was.at(-1)) < 1, `${is.at(-1)} px from the top, not ${was.at(-1)}`);
    };
    assert.equal(was[0], 'name');
    const added = paragraphs(7).map((text) => `New, before it: ${text}`).join('\n');
    const edited = LONG.replace('Opening.', `Changed opening.\n\n${added}`).replace('Folded.', 'Unfolded.');
    await stage.edit('content/blog/long/index.md', edited);
    await page.waitForFunction(() => document.querySelector('#inside').textContent === 'Unfolded.');
    await isAsItWas();
    // The browser has painted, and moved nothing of its own accord.
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
    await isAsItWas();
    assert.ok(await isSamePage(page));
    // A line that was above the window has changed, and is there.
    assert.ok(await page.getByText('Changed opening.').count());
  });

  test('keeps a selection in words that did not change', async () => {
    const page = await open('blog/long/');
    await page.evaluate(() => {
      const text = [...document.querySelectorAll('.body p')].find((p) => p.textContent.startsWith('Paragraph 9')).firstChild;
      getSelection().setBaseAndExtent(text, 0, text, 9);
    });
    await stage.edit('content/blog/long/index.md', LONG.replace('Paragraph 9 of a long', 'Paragraph 9 of a longer'));
    await shows(page, 'Paragraph 9 of a longer report.');
    assert.equal(await page.evaluate(() => String(getSelection())), 'Paragraph');
  });

  test('writes no more than what changed, and nothing into other tabs', async () => {
    const [page, other] = [await open('blog/long/'), await open('about/')];
    const [writes, otherWrites] = [await watchWrites(page), await watchWrites(other)];
    const told = isTold(other);
    await stage.edit('content/blog/long/index.md', LONG.replace('Paragraph 40 of', 'Paragraph forty of'));
    await shows(page, 'Paragraph forty of');
    await told;
    const own = ['attributes SCRIPT'];
    assert.deepEqual((await writes()).filter((write) => !own.includes(write)), ['characterData #text']);
    assert.deepEqual(await otherWrites(), []);
  });

  test('tells the page after it was morphed', async () => {
    const page = await open('about/');
    await page.evaluate(() => document.addEventListener('hallway:update', () => { window.told = document.body.innerText; }));
    await stage.edit('content/about.md', '---\ntitle: About\n---\nAbout all of us.\n');
    await page.waitForFunction(() => window.told?.includes('About all of us.'));
  });

  test('keeps what scripts set on html, head and body', async () => {
    const page = await open('about/');
    await page.evaluate(() => {
      document.documentElement.dataset.theme = 'dark';
      document.body.classList.add('scripted');
      document.head.append(Object.assign(document.createElement('style'), { id: 'theirs' }));
    });
    await stage.edit('content/about.md', '---\ntitle: All about\n---\nAbout all of us.\n');
    await shows(page, 'About all of us.');
    assert.equal(await page.title(), 'All about · Preview');
    assert.deepEqual(await page.evaluate(() => [document.documentElement.dataset.theme, document.body.className,
      Boolean(document.getElementById('theirs')), document.querySelectorAll('title').length]), ['dark', 'scripted', true, 1]);
    assert.ok(await isSamePage(page));
  });

  test('goes on playing what plays', async () => {
    const playing = '<video id="film" src="film.webm"></video>\n\n<iframe src="../"></iframe>\n';
    const video = (text) => `---\ntitle: About\n---\n${text}\n\n${playing}`;
    await stage.edit('content/about.md', video('One.'));
    const page = await open('about/');
    await page.evaluate(() => {
      document.querySelector('iframe').contentWindow.kept = true;
      document.querySelector('#film').kept = true;
    });
    await stage.edit('content/about.md', video('Zero.\n\nOne and a half.\n\n<b>Bold</b>'));
    await shows(page, 'One and a half.');
    const isKept = () => document.querySelector('iframe').contentWindow.kept && document.querySelector('#film').kept;
    assert.ok(await page.evaluate(isKept));
  });

  test('many in a row end with the last', async () => {
    const page = await open('about/');
    for (let at = 1; at <= 30; at += 1) await stage.edit('content/about.md', `---\ntitle: About\n---\nVersion ${at}.\n`);
    await shows(page, 'Version 30.');
    assert.ok(await isSamePage(page));
  });

  test('reaches ten tabs of one browser', async () => {
    const pages = [];
    for (let at = 0; at < 10; at += 1) pages.push(await open(at % 2 ? 'about/' : 'blog/long/'));
    if (stage.streams) assert.equal(stage.streams.size, 1, 'one stream for all');
    await stage.edit('content/about.md', '---\ntitle: About\n---\nAll tabs.\n');
    await stage.edit('content/blog/long/index.md', LONG.replace('Opening.', 'All tabs.'));
    await Promise.all(pages.map((page) => shows(page, 'All tabs.')));
    // The one that has the stream goes; another takes it.
    await pages.pop().close();
    await stage.edit('content/about.md', '---\ntitle: About\n---\nNine tabs.\n');
    await Promise.all(pages.filter((_, at) => at % 2).map((page) => shows(page, 'Nine tabs.')));
    for (const page of pages) assert.ok(await isSamePage(page));
  });

  test('works under a strict policy', async () => {
    await context.route('**/*', async (route) => {
      if (route.request().resourceType() !== 'document') return route.fallback();
      const response = await route.fetch();
      return route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': "default-src 'self'" } });
    });
    const page = await context.newPage();
    const complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(stage.url('about/'));
    await stage.edit('content/about.md', '---\ntitle: About\ndate: never\n---\n');
    await page.locator('.panel').waitFor();
    await stage.edit('content/about.md', '---\ntitle: About\n---\nStrictly.\n');
    await shows(page, 'Strictly.');
    await page.locator('.panel').waitFor({ state: 'detached' });
    assert.deepEqual(complaints, []);
  });
});

describe('files', () => {
  beforeEach(fresh());
  afterEach(clean);

  for (const [name, side] of [['site.css', 'left'], ['part.css', 'right']]) {
    test(`a style sheet is swapped without a flash: ${name}`, async () => {
      const page = await open('about/');
      // Without the sheet the border would be of no width; without the theme the sign would have no ground.
      await page.evaluate((edge) => {
        window.seen = new Set();
        const look = () => {
          const { [`border${edge}Width`]: width, [`border${edge}Color`]: color } = getComputedStyle(document.querySelector('h1'));
          seen.add(`${width} ${color} ${getComputedStyle(document.querySelector('.sign')).backgroundColor}`);
          requestAnimationFrame(look);
        };
        look();
      }, side === 'left' ? 'Left' : 'Right');
      await stage.edit(`static/css/${name}`, FILES[`static/css/${name}`].replace('(1, 2, 3)', '(4, 5, 6)'));
      await page.waitForFunction(() => [...seen].some((style) => style.includes('rgb(4, 5, 6)')));
      await page.waitForFunction(() => document.querySelectorAll('link[rel=stylesheet]').length === 2);
      const ground = await page.evaluate(() => getComputedStyle(document.querySelector('.sign')).backgroundColor);
      assert.deepEqual(await page.evaluate(() => [...seen]), [`7px rgb(1, 2, 3) ${ground}`, `7px rgb(4, 5, 6) ${ground}`]);
      // The next change of the page knows the new address of the sheet, and leaves it alone.
      await page.evaluate(() => {
        for (const link of document.querySelectorAll('link[rel=stylesheet]')) link.kept = true;
      });
      await stage.edit('content/about.md', '---\ntitle: About\n---\nLater.\n');
      await shows(page, 'Later.');
      const areKept = () => [...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.kept);
      assert.ok(await page.evaluate(areKept));
      assert.ok(await isSamePage(page));
    });
  }

  test('style sheets saved in quick succession leave one, the last', async () => {
    const page = await open('about/');
    for (let at = 10; at < 30; at += 1) await stage.edit('static/css/site.css', `h1 { border-left: ${at}px solid }`);
    await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).borderLeftWidth === '29px'
      && document.querySelectorAll('link[rel=stylesheet]').length === 2);
    assert.ok(await isSamePage(page));
  });

  test('a picture is loaded again, in src and srcset', async () => {
    await stage.edit('content/about.md', '---\ntitle: About\n---\n<img id="one" src="/sub/pictures/red.svg" alt="">'
      + '<img id="two" srcset="/sub/pictures/red.svg 1x, /sub/pictures/none.svg 3x" alt="">\n');
    const page = await open('about/');
    const widths = () => ['one', 'two'].map((id) => document.getElementById(id).naturalWidth).join();
    assert.equal(await page.evaluate(widths), '10,10');
    await stage.edit('static/pictures/red.svg', picture(20, 10));
    await page.waitForFunction(() => ['one', 'two'].every((id) => document.getElementById(id).naturalWidth === 20));
    assert.ok(await isSamePage(page));
  });

  test('a picture that is not there yet stands on a calm ground, and nothing moves', async () => {
    const image = '<img id="one" src="/sub/pictures/red.svg" width="80" height="40" alt="">';
    await stage.edit('content/about.md', `---\ntitle: About\n---\n${image}\n`);
    let finish;
    const finished = new Promise((done) => { finish = done; });
    await context.route('**/red.svg', async (route) => { await finished; await route.continue(); });
    const page = await context.newPage();
    await page.goto(stage.url('about/'), { waitUntil: 'domcontentloaded' });
    const look = () => page.evaluate(() => {
      const image = document.getElementById('one');
      return [image.className, JSON.stringify(image.getBoundingClientRect())];
    });
    const isCalm = () => getComputedStyle(document.getElementById('one')).backgroundColor.includes('0.09');
    await page.waitForFunction(isCalm);
    const was = await look();
    assert.equal(was[0], '');
    finish();
    await page.waitForFunction(`!(${isCalm})()`);
    assert.deepEqual(await look(), was);
  });

  test('a changed script loads the page again', async () => {
    const [page, other] = [await open('scripted/'), await open('about/')];
    await stage.edit('static/js/widget.js', 'window.runs = "second";');
    await page.waitForFunction(() => window.runs === 'second');
    assert.ok(await isSamePage(other));
  });
});

describe('scripts of others', () => {
  beforeEach(fresh());
  afterEach(clean);

  test('what is to be left alone is left alone', async () => {
    const page = await open('scripted/');
    await page.waitForFunction(() => document.getElementById('widget').textContent === 'filled');
    await page.evaluate(() => {
      document.getElementById('widget').dataset.state = 'theirs';
      const added = Object.assign(document.createElement('aside'), { textContent: 'Added.' });
      added.setAttribute('data-live-ignore', '');
      document.querySelector('.body').append(added);
    });
    await stage.edit('content/scripted.md', SCRIPTED.replace('Text.', 'Other text.\n\nAnd more.').replace('empty', 'still empty'));
    await shows(page, 'Other text.');
    assert.deepEqual(await page.evaluate(() => [document.getElementById('widget').textContent,
      document.getElementById('widget').dataset.state, document.querySelector('aside').textContent]), ['filled', 'theirs', 'Added.']);
    assert.ok(await isSamePage(page));
  });

  test('a program that comes with a page runs, once', async () => {
    const page = await open('about/');
    const program = '<script>by.textContent = "a program"; runs = (window.runs ?? 0) + 1</script>';
    await stage.edit('content/about.md', `---\ntitle: About\n---\n<p id="by">nobody</p>${program}\n`);
    await shows(page, 'a program');
    assert.equal(await page.evaluate(() => window.runs), 1);
    assert.ok(!(await isSamePage(page)));
  });

  test('a program beside what changed runs again', async () => {
    const chart = (text) => `---\ntitle: About\n---\n<div><p id="data">${text}</p><script>data.append(" drawn")</script></div>\n`;
    await stage.edit('content/about.md', chart('one'));
    const page = await open('about/');
    await shows(page, 'one drawn');
    await stage.edit('content/about.md', chart('two'));
    await shows(page, 'two drawn');
  });

  test('a changed template element, base or policy loads the page again', async () => {
    const text = (head) => `---\ntitle: About\n---\n${head}\n`;
    const page = await open('about/');
    for (const head of ['<template>one</template>', '<template>two</template>', '<meta http-equiv="x-test" content="a">']) {
      await page.evaluate(() => { window.marker = true; });
      await stage.edit('content/about.md', text(head));
      await page.waitForFunction(() => !window.marker && document.readyState === 'complete');
    }
  });

  test('a page can ask to be loaded again', async () => {
    await stage.edit('templates/base.html', FILES['templates/base.html'].replace('<link', '<meta name="hallway-live" content="reload"><link'));
    // A page that is opened before the template is read would be loaded again while it is being looked at.
    const asks = async () => (await (await fetch(stage.url('about/'))).text()).includes('hallway-live');
    while (!(await asks())) await setTimeout(20);
    const page = await open('about/');
    await stage.edit('content/about.md', '---\ntitle: About\n---\nLoaded.\n');
    await shows(page, 'Loaded.');
    assert.ok(!(await isSamePage(page)));
  });
});

describe('addresses', () => {
  beforeEach(fresh(['--navigate', '--allow-host', LAN]));
  afterEach(clean);

  test('a removed page is told as lost, and comes back', async () => {
    const page = await open('about/');
    await stage.remove('content/about.md');
    await shows(page, 'There is no such room');
    await stage.edit('content/about.md', FILES['content/about.md'], { navigate: '/sub/about/' });
    await shows(page, 'About us.');
    assert.equal(page.url(), stage.url('about/'));
  });

  test('a tab follows its page to a new address', async () => {
    const page = await open('about/#main');
    await stage.edit('content/about.md', FILES['content/about.md'].replace('title: About', 'title: About\nslug: we'), {
      moved: { '/sub/about/': '/sub/we/' },
      navigate: '/sub/we/',
    });
    await page.waitForURL(stage.url('we/#main'));
    await shows(page, 'About us.');
  });

  test('the tab goes to the page just saved, and stays if it is there', async () => {
    const page = await open('about/');
    await stage.edit('content/blog/long/index.md', LONG.replace('Opening.', 'Saved.'), { navigate: '/sub/blog/long/' });
    await page.waitForURL(stage.url('blog/long/'));
    await page.evaluate(() => { window.marker = true; });
    await stage.edit('content/blog/long/index.md', LONG.replace('Opening.', 'Saved twice.'), { navigate: '/sub/blog/long/' });
    await shows(page, 'Saved twice.');
    assert.ok(await isSamePage(page));
  });

  test('links to the published site stay in the preview', async () => {
    const page = await open('blog/long/');
    const link = page.getByRole('link', { name: 'the published page' });
    const written = await link.getAttribute('href');
    const [tab] = await Promise.all([context.waitForEvent('page'), link.click({ modifiers: ['ControlOrMeta'] })]);
    await tab.waitForURL(stage.url('about/?q=1#main'));
    assert.equal(await link.getAttribute('href'), written);
    await link.click();
    await page.waitForURL(stage.url('about/?q=1#main'));
  });

  test('on a plain address of the local network too', async () => {
    const page = await open('about/', stage.url('about/').replace('127.0.0.1', LAN));
    assert.equal(await page.evaluate(() => navigator.locks), undefined);
    await stage.edit('content/about.md', '---\ntitle: About\n---\nFrom afar.\n', { navigate: '/sub/about/' });
    await shows(page, 'From afar.');
    assert.ok(await isSamePage(page));
  });
});

describe('the connection', () => {
  beforeEach(fresh());
  afterEach(clean);

  test('breaks, is told, and comes back with what changed meanwhile', async () => {
    const [page, other] = [await open('about/'), await open('about/')];
    await stage.stop();
    const note = (tab) => tab.getByRole('status').filter({ hasText: 'Preview stopped' });
    await Promise.all([page, other].map((tab) => note(tab).waitFor()));
    await stage.edit('content/about.md', '---\ntitle: About\n---\nAfter all.\n');
    await stage.edit('static/css/site.css', 'h1 { border-left: 9px solid }');
    await stage.start();
    for (const tab of [page, other]) {
      await shows(tab, 'After all.');
      await tab.waitForFunction(() => getComputedStyle(document.querySelector('h1')).borderLeftWidth === '9px');
      await note(tab).waitFor({ state: 'hidden' });
      assert.ok(await isSamePage(tab));
    }
  });

  test('a page that comes back by the back button looks for itself', async () => {
    const page = await open('about/');
    const leave = (name) => page.evaluate((kind) => window.dispatchEvent(new PageTransitionEvent(kind, { persisted: true })), name);
    await leave('pagehide');
    await stage.edit('content/about.md', '---\ntitle: About\n---\nMeanwhile.\n');
    const hears = page.waitForResponse((response) => response.url().endsWith('/_hallway/events'));
    await leave('pageshow');
    await hears;
    await shows(page, 'Meanwhile.');
    await stage.edit('content/about.md', '---\ntitle: About\n---\nAnd since.\n');
    await shows(page, 'And since.');
    assert.ok(await isSamePage(page));
  });

  test('a tab that is looked at takes the stream', async () => {
    const first = await open('about/');
    await open('about/');
    const takes = first.waitForResponse((response) => response.url().endsWith('/_hallway/events'));
    await first.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await takes;
    if (stage.streams) assert.ok(stage.streams.size <= 2, 'the other tab lets go of its stream');
    await stage.edit('content/about.md', '---\ntitle: About\n---\nLooked at.\n');
    for (const page of context.pages()) await shows(page, 'Looked at.');
  });
});

describe('what holds the site back', () => {
  beforeEach(fresh());
  afterEach(clean);

  const BROKEN = '---\ntitle: About\ndate: "<img src=x onerror=window.hacked=1>"\n---\nAbout us.\n';

  test('is shown as text, with its place, until it is mended', async () => {
    const page = await open('about/');
    await stage.edit('content/about.md', BROKEN);
    const panel = page.getByRole('alert').locator('.panel');
    await panel.waitFor();
    const text = await panel.innerText();
    assert.match(text, /1 error/);
    assert.match(text, /content\/about\.md:3/);
    assert.ok(text.includes('<img src=x onerror=window.hacked=1>'), text);
    assert.equal(await panel.locator('img').count(), 0);
    assert.match(await panel.locator('a').getAttribute('href'), /^vscode:\/\/file\/.*content\/about\.md:3/);
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'body', 'no focus is taken');
    await shows(page, 'About us.');
    await stage.edit('content/about.md', '---\ntitle: About\n---\nMended.\n');
    await panel.waitFor({ state: 'detached' });
    await shows(page, 'Mended.');
    assert.ok(await isSamePage(page));
    assert.equal(await page.evaluate(() => window.hacked), undefined);
  });

  test('is told to tabs that are opened later', async () => {
    await open('about/');
    await stage.edit('content/about.md', BROKEN);
    const page = await open('blog/long/');
    await page.locator('.panel').waitFor();
  });

  test('is folded by Escape, and unfolds for another problem', async () => {
    const page = await open('about/');
    await stage.edit('content/about.md', BROKEN);
    await page.locator('.panel').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.badge').waitFor();
    assert.equal(await page.locator('.panel').count(), 0);
    await page.locator('.badge').click();
    await page.locator('.panel').waitFor();
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.locator('.badge').waitFor();
    await stage.edit('content/blog/long/index.md', LONG.replace('Opening.', '{{< missing >}}'));
    await page.locator('.panel').waitFor();
    await page.getByText('[shortcode-unknown]').waitFor();
  });

  for (const width of [390, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      test(`is readable at ${width} px, ${colorScheme}`, async () => {
        const page = await open('blog/long/');
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme });
        await stage.edit('content/about.md', BROKEN);
        await stage.edit('content/blog/long/index.md', LONG.replace('Opening.', `{{< missing >}} ${'long '.repeat(60)}`));
        await page.getByText('[shortcode-unknown]').waitFor();
        await checks.fitsItsWindow(page);
        await checks.isAccessible(page);
        const box = await page.locator('.panel').boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= width && box.height <= 0.75 * 844 + 1, JSON.stringify(box));
        await keepPicture(page, `problems-${width}-${colorScheme}`);
      });
    }
  }
});

async function keepPicture(page, name) {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`) });
}

// Each test has a site, a server and a browser window of its own.
function fresh(options = []) {
  return async () => {
    stage = await preview(FILES, options);
    context = await browser.newContext(DESK);
  };
}

async function clean() {
  await context?.close();
  await stage?.close();
}
