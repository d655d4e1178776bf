// The part of the preview that runs in the page: shows what was saved, and what holds the site back.
//
// The server tells what changed (`hello`, `problems`, `change`); the page is then asked for by its own address and morphed
// into what is shown, so that scroll, focus and unfolded details stay. What cannot be morphed with certainty is loaded
// again. A page that did not change is never written to. The files of this folder make one function, this one the last.

const own = document.currentScript;
const EVENTS = new URL('events', own.src).href;
const CHANNEL = `hallway ${own.src}`;
const FIRST_RETRY_MS = 100;
const STOPPED_AFTER_MS = 2000;

let version = own.dataset.version;

// ---- The stream of events. One tab has it for all, because a browser opens only six connections to a host.

let source;
let channel;
let turn;
let retry;
let stopped;
let isLeading = false;
let delay = FIRST_RETRY_MS;
const standing = {}; // the last `hello` and `problems`, for tabs that come later

function connect() {
  disconnect();
  const stream = new EventSource(EVENTS);
  source = stream;
  for (const kind of ['hello', 'problems', 'change']) {
    stream.addEventListener(kind, (event) => {
      delay = FIRST_RETRY_MS;
      clearTimeout(stopped);
      stopped = undefined;
      tell(kind, JSON.parse(event.data));
    });
  }
  // The browser's own retry waits for seconds, and gives up when the answer is an error.
  stream.addEventListener('error', () => {
    stream.close();
    clearTimeout(retry);
    retry = setTimeout(connect, delay);
    delay = Math.min(delay * 2, document.hidden ? 5000 : 1000);
    stopped ??= setTimeout(tell, STOPPED_AFTER_MS, 'stopped');
  });
}

function disconnect() {
  clearTimeout(retry);
  source?.close();
  source = undefined;
}

// Asks for the stream. The tab that is looked at takes it from any other, because a hidden one may be asleep.
function lead(steal) {
  turn?.abort();
  turn = new AbortController();
  const { signal } = turn;
  const hold = () => new Promise((release) => {
    signal.addEventListener('abort', release);
    if (signal.aborted) {
      release();
    } else {
      isLeading = true;
      connect();
    }
  });
  navigator.locks.request(CHANNEL, steal ? { steal } : { signal }, hold).catch(() => {
    if (signal.aborted) return;
    leave();
    lead(false);
  });
}

function leave() {
  turn?.abort();
  isLeading = false;
  clearTimeout(stopped);
  stopped = undefined;
  disconnect();
}

// Locks are missing on a plain address of the local network: there a tab has its own stream while it is looked at.
function join() {
  if (!navigator.locks) {
    if (document.hidden) leave();
    else connect();
    return;
  }
  if (!channel) {
    channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data: { kind, data } }) => hear(kind, data, false);
    channel.postMessage({ kind: 'join' });
  }
  if (!isLeading) lead(!document.hidden);
  else if (source.readyState === EventSource.CLOSED) connect();
}

function tell(kind, data) {
  channel?.postMessage({ kind, data });
  hear(kind, data, true);
}

function hear(kind, data, isFirstHand) {
  if (kind === 'hello') greet(data, isFirstHand);
  if (kind === 'problems') {
    standing.problems = data;
    showProblems(data.diagnostics);
  }
  if (kind === 'change') change(data);
  if (kind === 'stopped') showNote('Preview stopped');
  if (kind === 'join' && isLeading) {
    for (const [known, told] of Object.entries(standing)) channel.postMessage({ kind: known, data: told });
  }
}

function greet(hello, isFirstHand) {
  const before = standing.hello;
  standing.hello = hello;
  showNote('');
  const missed = before && (before.program !== hello.program || before.generation !== hello.generation);
  if (missed) refresh(); // nobody told us which files changed meanwhile
  if (missed || isFirstHand || !before) check();
}

// ---- Changes.

function change({ generation, content, assets = [], moved = {}, navigate }) {
  if (standing.hello) standing.hello.generation = generation;
  const here = pathOf(location);
  const isHere = (address) => pathOf(new URL(address, location.href)) === here;
  const old = Object.keys(moved).find(isHere);
  if (old) {
    location.replace(moved[old] + location.hash);
    return;
  }
  if (navigate && !document.hidden && !isHere(navigate)) {
    location.assign(navigate);
    return;
  }
  const paths = new Set(assets.map((asset) => pathOf(new URL(asset, location.href))));
  if (runs(paths)) {
    location.reload();
    return;
  }
  if (paths.size) refresh(paths);
  if (content) check();
}

// Whether the page uses one of these files as a program or as its data; modules load others that no element names.
function runs(paths) {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  return [...loaded, ...[...document.scripts].map(({ src }) => src)].some((address) => {
    const url = local(address);
    return url && /\.(m?js|json|wasm)$/.test(url.pathname) && paths.has(pathOf(url));
  });
}

let asking;

// Asks for this page, unless it is the same. A later question makes an earlier one void.
async function check() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const headers = { 'If-None-Match': `"${version}"` };
  try {
    const response = await fetch(location.href, { headers, signal, cache: 'no-store', redirect: 'manual' });
    if (response.status === 304 || response.status >= 500) return;
    const isPage = response.headers.get('Content-Type')?.startsWith('text/html');
    const html = isPage ? await response.text() : '';
    if (!signal.aborted) replace(html, response.ok);
  } catch {
    // No answer: the stream tells when there is a server again.
  }
}

function replace(html, isFound) {
  const next = parse(html);
  const nextVersion = scriptOf(next)?.dataset.version;
  if (nextVersion === version) return;
  const was = served ?? document;
  try {
    if (!isFound || !nextVersion || !canMorph(was, next)) throw new Error('another page');
    morph(was, next);
  } catch {
    location.reload();
    return;
  }
  served = next;
  version = nextVersion;
  own.dataset.version = nextVersion;
  markPictures();
  document.dispatchEvent(new CustomEvent('hallway:update'));
}

// ---- The way back and links to the published site.

document.addEventListener('visibilitychange', () => {
  if (!document.hidden || !navigator.locks) join();
  if (!document.hidden) check();
});

// A page that is kept for the way back must hold neither lock nor channel.
addEventListener('pagehide', () => {
  leave();
  channel?.close();
  channel = undefined;
  asking?.abort();
});
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  join();
  check();
});

// Links with the address of the published site lead to the same page of the preview, for the time of the click.
function stayInside(event) {
  const link = event.composedPath().find((node) => node instanceof HTMLElement && node.matches('a[href], area[href]'));
  const base = new URL(own.dataset.base, location.href);
  if (!link || base.origin === location.origin || link.origin !== base.origin) return;
  if (!link.pathname.startsWith(base.pathname) || link.closest(IGNORED)) return;
  const written = link.getAttribute('href');
  link.setAttribute('href', own.dataset.path + link.pathname.slice(base.pathname.length) + link.search + link.hash);
  setTimeout(() => link.setAttribute('href', written));
}
for (const kind of ['click', 'auxclick']) document.addEventListener(kind, stayInside, true);

// The page as it was sent, to tell what the author changed from what scripts did to it since.
let served;
fetch(location.href, { cache: 'force-cache' }).then((response) => response.text()).then((html) => {
  const page = parse(html);
  if (scriptOf(page)?.dataset.version === version) served = page;
}).catch(() => {});

rememberOpen();
markPictures();
join();
