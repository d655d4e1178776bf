// Shows what holds the site back, over the page and as text only, and a note when the preview has stopped.
//
// It lives in a shadow tree outside `body`, so that neither morphing nor the page's styles reach it. It never takes the
// focus; Escape folds it to a badge, and a problem that was not there before unfolds it again.

const STYLE = `
  :host { all: initial !important }
  .panel, .badge, .note {
    position: fixed; z-index: 2147483647; box-sizing: border-box; color-scheme: light dark;
    font: 15px/1.5 system-ui, sans-serif; color: light-dark(#2b1513, #f6e9e7); background: light-dark(#fffafa, #241817);
    border: 1px solid light-dark(#c7332a, #f0857c); box-shadow: 0 4px 24px #0006;
  }
  .panel { inset: auto 0 0; max-height: 75vh; overflow-y: auto; border-width: 4px 0 0; overflow-wrap: anywhere; }
  .panel > * { max-width: 60rem; margin: 0 auto; padding: 0 16px }
  header { position: sticky; top: 0; display: flex; gap: 16px; align-items: center; justify-content: space-between;
    background: inherit; min-height: 48px }
  h2 { margin: 0; font-size: 17px; line-height: 1.3 }
  ol { list-style: none; padding-bottom: 16px !important }
  li { padding: 12px 0; border-top: 1px solid light-dark(#eccfcc, #553330) }
  p, pre { margin: 0 0 6px }
  strong, .error > p > b { color: light-dark(#a81f17, #ff9a91) }
  .warning > p > b { color: light-dark(#7a5200, #f0c060) }
  code, pre, a { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 13px }
  pre { padding: 8px 10px; overflow-x: auto; background: light-dark(#f7e8e6, #34211f); border-radius: 4px; tab-size: 4 }
  a { color: light-dark(#0b57b0, #8fc0ff) }
  button { font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 6px; min-height: 32px;
    padding: 2px 12px; cursor: pointer; flex: none }
  .badge { inset: auto 12px 12px auto; min-height: 40px; font-weight: 600; background: light-dark(#fffafa, #241817) }
  .note { inset: auto auto 12px 12px; margin: 0; padding: 6px 14px; border: 1px solid #8a8a8a;
    border-radius: 6px; color: light-dark(#333, #ddd); background: light-dark(#fff, #222) }
  .note:empty { display: none }
  :focus-visible { outline: 3px solid light-dark(#0b57b0, #8fc0ff); outline-offset: 2px }
  @media print { .panel, .badge, .note { display: none } }
`;

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

// Screen readers tell changes of a region that was there before, so both regions stay in the page, empty at first.
const host = make('div', { 'data-live-ignore': '' });
const root = host.attachShadow({ mode: 'open' });
const region = make('div', { role: 'alert' });
const noted = make('p', { role: 'status', class: 'note' });
const style = new CSSStyleSheet();
style.replaceSync(STYLE);
root.adoptedStyleSheets = [style];
root.append(region, noted);

let problems = [];
let isFolded = false;

const nameOf = ({ severity, code, message, path, line }) => JSON.stringify([severity, code, message, path, line]);

function showNote(text) {
  if (text) document.documentElement.append(host);
  if (noted.textContent !== text) noted.textContent = text;
}

function showProblems(diagnostics) {
  if (JSON.stringify(diagnostics) === JSON.stringify(problems)) return;
  const known = new Set(problems.map(nameOf));
  isFolded &&= diagnostics.every((diagnostic) => known.has(nameOf(diagnostic)));
  problems = diagnostics;
  if (!host.isConnected) document.documentElement.append(host);
  draw();
}

function fold(isNowFolded) {
  const hadFocus = root.activeElement;
  isFolded = isNowFolded;
  draw();
  if (hadFocus) region.querySelector('button').focus();
}

function draw() {
  const button = (text, attributes, isNowFolded) => {
    const made = make('button', { type: 'button', ...attributes }, text);
    made.addEventListener('click', () => fold(isNowFolded));
    return made;
  };
  if (!problems.length) {
    region.replaceChildren();
  } else if (isFolded) {
    region.replaceChildren(button(count(), { class: 'badge', 'aria-expanded': 'false' }, false));
  } else {
    const title = make('h2', {}, make('strong', {}, count()), ': this page is as it was before');
    region.replaceChildren(make('div', { class: 'panel' },
      make('header', {}, title, button('Hide', { title: 'Escape', 'aria-expanded': 'true' }, true)),
      make('ol', {}, ...problems.map(describe))));
  }
}

function count() {
  const kind = problems.every(({ severity }) => severity === 'warning') ? 'warning' : 'error';
  return `${problems.length} ${kind}${problems.length === 1 ? '' : 's'}`;
}

function describe({ severity, code, message, path, line, column, hint, excerpt, href }) {
  const place = [path, line, path && line && column].filter(Boolean).join(':');
  const isLink = href?.startsWith('vscode://file/');
  return make('li', { class: severity === 'warning' ? 'warning' : 'error' },
    make('p', {}, make('b', {}, severity), ' ', make('code', {}, `[${code}]`), ' ', ...quoted(message)),
    ...(place ? [make('p', {}, isLink ? make('a', { href }, place) : make('code', {}, place))] : []),
    ...(excerpt ? [make('pre', { tabindex: '0' }, excerpt)] : []),
    ...(hint ? [make('p', {}, 'Hint: ', ...quoted(hint))] : []));
}

// Diagnostics put names in backticks.
function quoted(text) {
  const parts = text.split('`');
  return parts.length % 2 ? parts.map((part, at) => (at % 2 ? make('code', {}, part) : part)) : [text];
}

addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && problems.length && !isFolded) fold(true);
});
