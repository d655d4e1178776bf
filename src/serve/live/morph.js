// Changes the open page into the next one with as few writes as it takes.
//
// Equal parts are skipped, so what is kept keeps its state: focus, scroll, playing media. What readers and scripts did is
// kept where the author did not change it: unfolded details, form values, attributes of `html` and `body`, and parts with
// `data-live-ignore`. Programs are never run a second time: a page whose programs change cannot be morphed.

const parse = (html) => new DOMParser().parseFromString(html, 'text/html');
const isOwn = (script) => script.getAttribute('src') === own.getAttribute('src');
const scriptOf = (page) => [...page.scripts].find(isOwn);
const isProgram = (node) =>
  node.localName === 'script' && !isOwn(node) && /^$|script$|^module$|^importmap$/i.test(node.type);
const isLeft = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(IGNORED);
// Nodes that are taken whole or not at all.
const isRigid = (node) => isLeft(node) || /^(LINK|STYLE|SCRIPT|TEMPLATE)$/.test(node.nodeName);

const sentOpen = new WeakMap(); // details and dialogs: whether the page as sent has them open
let arriving = []; // style sheets of this morph that are not loaded yet

// Whether the next page can be had without loading it, from the page as it was sent.
function canMorph(was, next) {
  const wantsReload = (page) =>
    page.documentElement.dataset.live === 'reload' || page.querySelector('meta[name=hallway-live][content=reload]');
  // A redirect, a policy and the base of all addresses are for the whole page, and templates for programs.
  const fixed = (page) => [...page.querySelectorAll(`script, template, base, meta[http-equiv], ${IGNORED}`)]
    .filter((part) => part !== host && !part.parentElement.closest(IGNORED))
    .filter((part) => isLeft(part) || part.localName !== 'script' || isProgram(part))
    .map((part) => (isLeft(part) ? strictName(part) : part.outerHTML));
  return !wantsReload(document) && !wantsReload(next) && fixed(was).join('\n') === fixed(next).join('\n');
}

function morph(was, next) {
  arriving = [];
  if (was !== document) prepare(was);
  prepare(next);
  const keepPlace = place();
  const keepFocus = focus();
  for (const part of ['documentElement', 'body']) morphRoot(document[part], was[part], next[part]);
  // Scripts put their own elements into the head: only those that were sent are removed.
  morphChildren(document.head, next.head, (node) => [...was.head.childNodes].some((sent) => sent.isEqualNode(node)));
  morphChildren(document.body, next.body, () => true);
  rememberOpen();
  keepFocus();
  keepPlace();
}

// Makes a parsed page comparable with the open one, which has newer addresses and reads `noscript` as text.
function prepare(page) {
  readdress(page, stamped);
  for (const part of page.querySelectorAll('noscript')) part.textContent = part.innerHTML;
  scriptOf(page).dataset.version = own.dataset.version;
}

function rememberOpen() {
  for (const part of document.querySelectorAll('details, dialog')) {
    if (!sentOpen.has(part)) sentOpen.set(part, part.open);
  }
}

// Scripts set attributes of `html` and `body`: only what the author changed is changed.
function morphRoot(element, was, next) {
  for (const name of new Set([...was.getAttributeNames(), ...next.getAttributeNames()])) {
    if (next.getAttribute(name) !== was.getAttribute(name)) copyAttribute(element, next, name);
  }
}

function morphAttributes(element, next) {
  for (const name of new Set([...element.getAttributeNames(), ...next.getAttributeNames()])) {
    if (next.getAttribute(name) === element.getAttribute(name)) continue;
    if (name === 'open' && sentOpen.has(element) && sentOpen.get(element) !== element.open) continue;
    copyAttribute(element, next, name);
  }
  if (sentOpen.has(element)) sentOpen.set(element, next.hasAttribute('open'));
}

// Copies the node, because parsed pages have attributes whose names `setAttribute` refuses.
function copyAttribute(element, next, name) {
  const attribute = next.getAttributeNode(name);
  if (attribute) element.setAttributeNode(attribute.cloneNode());
  else element.removeAttribute(name);
}

function morphChildren(parent, next, isRemovable) {
  const [olds, news, before] = changedChildren(parent, next);
  if (!olds.length && !news.length) return;
  // A program beside what changed has worked with what stood there.
  const isFrame = parent === document.head || parent === document.body;
  if (!isFrame && [...parent.children].some(isProgram)) throw new Error('a program in a part that changed');
  const pairs = new Map();
  align(olds, news, [strictName, looseName, kindName], pairs);
  let last = before;
  for (const node of news) {
    const old = pairs.get(node) ?? parent.insertBefore(arrive(node), last ? last.nextSibling : parent.firstChild);
    if (pairs.has(node)) morphNode(old, node);
    last = old;
  }
  const kept = new Set(pairs.values());
  olds.filter((old) => !kept.has(old) && !isLeft(old) && !retired.has(old) && isRemovable(old)).forEach(depart);
}

// Returns the children that are left when the same ones at both ends are put aside, and the node before them.
function changedChildren(parent, next) {
  const isSame = (old, node) => old.isEqualNode(node) || (isLeft(old) && strictName(old) === strictName(node));
  const [olds, news] = [[...parent.childNodes], [...next.childNodes]];
  let start = 0;
  while (start < olds.length && start < news.length && isSame(olds[start], news[start])) start += 1;
  let end = 0;
  const most = Math.min(olds.length, news.length) - start;
  while (end < most && isSame(olds.at(-1 - end), news.at(-1 - end))) end += 1;
  return [olds.slice(start, olds.length - end), news.slice(start, news.length - end), olds[start - 1]];
}

function morphNode(old, next) {
  if (isLeft(old) || old.isEqualNode(next)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    morphText(old, next.data);
    return;
  }
  morphAttributes(old, next);
  morphChildren(old, next, () => true);
}

// Writes only the letters that differ, so that a selection in the others stays.
function morphText(node, text) {
  const old = node.data;
  const most = Math.min(old.length, text.length);
  let start = 0;
  while (start < most && old[start] === text[start]) start += 1;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === text.at(-1 - end)) end += 1;
  node.replaceData(start, old.length - start - end, text.slice(start, text.length - end));
}

function arrive(node) {
  const copy = document.importNode(node, true);
  if (isSheet(copy) && !copy.disabled) arriving.push(whenLoaded(copy));
  return copy;
}

function depart(node) {
  if (!isSheet(node) || !arriving.length) {
    node.remove();
    return;
  }
  retired.add(node);
  Promise.all(arriving).then(() => node.remove());
}

// ---- Which old node becomes which new one: by id or whole text, then by source and class, then by kind; all in order.

const wholeName = (node) => node.outerHTML ?? `${node.nodeName} ${node.data}`;

function strictName(node) {
  if (isLeft(node)) return `left ${node.nodeName} ${node.id}`;
  return node.id && !isRigid(node) ? `${node.nodeName} ${node.id}` : wholeName(node);
}

function looseName(node) {
  if (isRigid(node)) return strictName(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
  const source = node.matches('[src]') ? node : node.querySelector('[src]');
  return [node.nodeName, node.getAttribute('class'), node.getAttribute('name'), source?.getAttribute('src')].join(' ');
}

const kindName = (node) => (isRigid(node) ? strictName(node) : node.nodeName);

// Pairs the nodes whose names are in both lists, then those between two pairs by the next, looser name.
function align(olds, news, [name, ...looser], pairs) {
  if (!name || !olds.length || !news.length) return;
  let [i, j] = [0, 0];
  for (const [x, y] of [...common(olds.map(name), news.map(name)), [olds.length, news.length]]) {
    align(olds.slice(i, x), news.slice(j, y), looser, pairs);
    if (y < news.length) pairs.set(news[y], olds[x]);
    [i, j] = [x + 1, y + 1];
  }
}

// Returns the longest common subsequence of two lists as pairs of positions; of very long lists a common subsequence.
function common(olds, news) {
  const width = news.length + 1;
  if (olds.length * width > 4e6) return commonNearby(olds, news);
  const best = new Uint32Array((olds.length + 1) * width);
  for (let i = olds.length - 1; i >= 0; i -= 1) {
    for (let j = news.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      best[at] = olds[i] === news[j] ? best[at + width + 1] + 1 : Math.max(best[at + width], best[at + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < olds.length && j < news.length;) {
    const at = i * width + j;
    if (olds[i] === news[j]) pairs.push([i++, j++]);
    else if (best[at + width] >= best[at + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

// Takes the first that fits within a short way ahead, which does for edits here and there in a long page.
function commonNearby(olds, news) {
  const pairs = [];
  let start = 0;
  olds.forEach((old, at) => {
    const found = news.slice(start, start + 64).indexOf(old);
    if (found < 0) return;
    pairs.push([at, start + found]);
    start += found + 1;
  });
  return pairs;
}

// ---- Where the reader is.

// Notes what stands at the top of the window; the function it returns scrolls so that it stands there again.
function place() {
  if (scrollY === 0) return () => {};
  const found = new Set();
  for (let y = 1; y < innerHeight; y += 24) {
    const part = document.elementFromPoint(innerWidth / 2, y);
    if (part !== document.body && document.body.contains(part) && !floats(part)) found.add(part);
  }
  // What has other marks in it stays where it begins, however its inside moves.
  const marks = [...found].filter((part) => ![...found].some((other) => other !== part && part.contains(other)));
  const tops = new Map(marks.map((mark) => [mark, mark.getBoundingClientRect().top]));
  return () => {
    const mark = marks.find((part) => part.isConnected);
    const moved = mark ? mark.getBoundingClientRect().top - tops.get(mark) : 0;
    if (moved) scrollBy({ top: moved, behavior: 'instant' });
  };
}

function floats(part) {
  if (!part) return false;
  return /fixed|sticky/.test(getComputedStyle(part).position) || floats(part.parentElement);
}

// Notes the focus; the function it returns gives it, and what was typed, to a new element of the same id.
function focus() {
  const old = document.activeElement;
  const { id, value, selectionStart, selectionEnd } = old ?? {};
  return () => {
    const next = id && !old.isConnected ? document.getElementById(id) : undefined;
    if (!next) return;
    next.focus({ preventScroll: true });
    if (value !== undefined && 'value' in next) next.value = value;
    if (typeof selectionStart === 'number') next.setSelectionRange?.(selectionStart, selectionEnd);
  };
}
