// Builds the sites that the browser opens, and serves each from a port of its own.

import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

// Nothing but the site's own files may be used, and no style or script that stands in a page.
const POLICY = "default-src 'self'";

const TYPES = new Map(Object.entries({
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.xml': 'application/xml',
}));

// `base` is the address that the pages were built for; they are served under its path.
export const SITES = [
  {
    name: 'own',
    source: '.',
    base: 'https://hallway.example/',
    options: [],
    pages: {
      home: '/',
      list: '/blog/',
      report: '/blog/2025/09/18/corridor-conf-2025-day-one/',
      photos: '/blog/2025/06/05/tiny-metal-days/',
      tags: '/tags/',
      term: '/tags/rust/',
      about: '/about/',
      manual: '/docs/',
      printed: '/_print/docs/',
      archive: '/archive/',
      lost: '/404.html',
    },
  },
  {
    // No configuration at all, and text that is too long for every box.
    name: 'edges',
    source: 'tests/browser/site',
    base: '/',
    options: ['--drafts', '--future'],
    pages: {
      home: '/',
      list: '/blog/',
      second: '/blog/page/2/',
      report: '/blog/edges/',
      small: '/blog/small-picture/',
      untitled: '/blog/untitled/',
      draft: '/blog/draft/',
      plain: '/plain/',
      landing: '/landing/',
      shown: '/shown/',
      empty: '/quiet/',
      tags: '/tags/',
      categories: '/categories/',
      term: '/tags/notes/',
      archive: '/archive/',
      lost: '/404.html',
    },
  },
  {
    // The same content in a folder of its host, and with a nested menu.
    name: 'folder',
    source: 'tests/browser/site',
    base: 'https://notes.example/notes/',
    options: ['--base-url', 'https://notes.example/notes/'],
    config: `title: Notes from the corridor
params:
  description: A motto that is far too long for a headline, because somebody wrote a whole sentence with two clauses.
menus:
  main:
    - { name: Reports, pageRef: /blog, weight: 1 }
    - { name: More, identifier: more, pageRef: /plain, weight: 2 }
    - { name: Quiet room, pageRef: /quiet, parent: more, weight: 1 }
    - { name: Tags, pageRef: /tags, parent: more, weight: 2 }
`,
    pages: { home: '/', report: '/blog/small-picture/', list: '/blog/', lost: '/404.html' },
  },
  {
    // Made-up events of six years in two languages.
    name: 'conference',
    source: 'tests/browser/conference',
    base: 'https://lanyards.example/',
    options: [],
    pages: {
      home: '/',
      events: '/events/',
      event: '/events/corridor-conf-2024/',
      series: '/events/series/corridor-conf/',
      year: '/events/year/2024/',
      people: '/events/people/',
      person: '/events/people/yara-benali/',
      places: '/events/places/',
      country: '/events/places/be/',
      city: '/events/places/be/brussels/',
      talks: '/events/talks/',
      given: '/events/talks/given/',
      statistics: '/events/statistics/',
      report: '/blog/corridor-conf-2024/',
      card: '/blog/kettle-cloud-summit-2025/',
      french: '/fr/events/',
      lost: '/404.html',
    },
  },
];

// Builds `site` into `folder`; throws with the builder's own words when that fails.
export function build(site, folder, prepare) {
  const source = site.config ? prepare(path.join(repository, site.source), site.config) : path.join(repository, site.source);
  const [command, ...first] = process.env.HALLWAY
    ? [path.resolve(process.env.HALLWAY)]
    : ['cargo', 'run', '--quiet', '--release', '--'];
  const made = spawnSync(
    command,
    [...first, 'build', source, '--destination', folder, '--cache-dir', `${folder}-cache`, ...site.options],
    { cwd: repository, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    throw new Error(`building ${site.name} failed: ${made.error ?? made.stderr}`);
  }
}

// Serves `folder` under the path of `base`, strictly: an address that is no file is a 404.
export async function serve(folder, base) {
  const prefix = new URL(base, 'http://localhost').pathname;
  const server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', POLICY);
    const file = fileOf(folder, prefix, new URL(request.url, 'http://localhost').pathname);
    const bytes = file && readOrNothing(file);
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', TYPES.get(path.extname(file)) ?? 'application/octet-stream');
    response.end(bytes);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    prefix,
    close: () => new Promise((closed) => server.close(closed)),
  };
}

// Returns the file that an address path stands for; nothing outside the folder.
export function fileOf(folder, prefix, pathname) {
  if (!pathname.startsWith(prefix)) return undefined;
  const relative = decodeURIComponent(pathname.slice(prefix.length));
  const file = path.join(folder, relative.endsWith('/') || relative === '' ? `${relative}index.html` : relative);
  return file.startsWith(folder + path.sep) ? file : undefined;
}

function readOrNothing(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

// Lists the files of a built site, as paths below it with forward slashes, sorted.
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}
