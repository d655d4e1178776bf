// Files that pages name by their address: style sheets are swapped and pictures loaded again without touching the rest.
//
// A changed file gets a new address (`?_hallway=TIME`), which no cache has seen. Pages that arrive later are given the same
// addresses before they are compared, so that the difference is never taken for a change of the page.

const IGNORED = '[data-live-ignore]';
const NAMED = [
  ['link[rel~=stylesheet], link[rel~=icon]', 'href'],
  ['img, input, video, audio', 'src'],
  ['img, source', 'srcset'],
  ['video', 'poster'],
];
const stamps = new Map(); // path of a changed file: when it changed
const retired = new WeakSet(); // style sheets that stay only until their successors are loaded
const predecessors = new WeakMap();

const isSheet = (node) => node.localName === 'link' && node.relList.contains('stylesheet');
const whenLoaded = (link) => new Promise((done) => {
  link.addEventListener('load', done);
  link.addEventListener('error', done);
});

// Returns an address of this host as a URL; nothing for others.
function local(address, base = document.baseURI) {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  return url?.origin === location.origin ? url : undefined;
}

// Paths are compared as people write them, and a folder is its index.
function pathOf({ pathname }) {
  const path = pathname.replace(/\/index\.html$/, '/');
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

// Hands every address of a page to `rewrite`; in the open page a style sheet is swapped, so that it never goes without.
function readdress(page, rewrite) {
  for (const [names, attribute] of NAMED) {
    for (const element of page.querySelectorAll(`:is(${names})[${attribute}]`)) {
      if (element.closest(IGNORED) || retired.has(element)) continue;
      const old = element.getAttribute(attribute);
      const now = attribute === 'srcset' ? old.replace(/[^\s,]\S*[^\s,]/g, rewrite) : rewrite(old, element);
      if (now === old) continue;
      if (page === document && isSheet(element) && !element.disabled) swap(element, now);
      else element.setAttribute(attribute, now);
    }
  }
}

function stamped(address) {
  const url = local(address);
  const stamp = url && stamps.get(pathOf(url));
  if (!stamp) return address;
  url.searchParams.set('_hallway', stamp);
  return url.href;
}

// Loads the named files again, without names every file. A style sheet is loaded for the sake of one it imports too.
function refresh(paths) {
  const stamp = Date.now();
  for (const path of paths ?? []) stamps.set(path, stamp);
  readdress(document, (address, element) => {
    const url = local(address);
    if (url && (!paths || (element?.sheet && imports(element.sheet, paths)))) stamps.set(pathOf(url), stamp);
    return stamped(address);
  });
  markPictures();
}

function imports(sheet, paths) {
  return local(sheet.href) && [...sheet.cssRules].some((rule) => {
    const url = rule instanceof CSSImportRule && local(rule.href, sheet.href);
    return url && (paths.has(pathOf(url)) || (rule.styleSheet && imports(rule.styleSheet, paths)));
  });
}

// Puts the new sheet beside the old one, which goes when the new one is there; also those that are still waiting to go.
function swap(link, address) {
  const next = link.cloneNode();
  next.setAttribute('href', address);
  const old = [...(predecessors.get(link) ?? []), link];
  predecessors.set(next, old);
  for (const sheet of old) retired.add(sheet);
  whenLoaded(next).then(() => old.forEach((sheet) => sheet.remove()));
  link.after(next);
}

// ---- Pictures that are still being made stand on a calm ground; by a rule, because a class would write into the page.

const ground = new CSSStyleSheet();
let marking;
let marked = '';

function markPictures() {
  marking ??= requestAnimationFrame(() => {
    marking = undefined;
    const waiting = [...document.images].filter((image) => !image.complete && local(image.src));
    const names = new Set(waiting.map((image) => `img[src="${CSS.escape(image.getAttribute('src'))}"]`));
    const rule = names.size ? `${[...names].join()} { background: color-mix(in srgb, currentColor 9%, transparent) }` : '';
    if (rule === marked) return;
    marked = rule;
    ground.replaceSync(rule);
  });
}

document.adoptedStyleSheets.push(ground);
for (const kind of ['load', 'error']) {
  document.addEventListener(kind, ({ target }) => target.localName === 'img' && markPictures(), true);
}
