// The search of a site: loads the pieces of the index that a word needs, and of the pages found only those it shows.
// Words are cut and folded as src/render/search/words.rs does.
(() => {
  const way = document.querySelector('a[data-search]')
  const words = way.dataset
  const home = new URL(words.index, location.href)
  const SHOWN = 8
  const fetched = new Map()

  function load(name) {
    const address = new URL(name, home).href
    if (!fetched.has(address)) {
      const answer = fetch(address).then((response) => {
        if (!response.ok) throw new Error(`${response.status} for ${address}`)
        return response.json()
      })
      // What could not be loaded is tried again with the next letter.
      answer.catch(() => fetched.delete(address))
      fetched.set(address, answer)
    }
    return fetched.get(address)
  }

  const folded = (text) => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/ς/g, 'σ')
  const cut = (text) => folded(text).match(/[々-〇ぁ-ヿㇰ-ㇿ㐀-䶿一-鿿豈-﫿\u{20000}-\u{3ffff}]|[\p{L}\p{N}]+?(?=[々-〇ぁ-ヿㇰ-ㇿ㐀-䶿一-鿿豈-﫿\u{20000}-\u{3ffff}]|[^\p{L}\p{N}]|$)/gu) ?? []

  // Code points, as the index is sorted by: JavaScript compares halves of pairs.
  const order = (a, b) => {
    const [left, right] = [[...a], [...b]]
    for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
      const difference = left[at].codePointAt(0) - right[at].codePointAt(0)
      if (difference) return difference
    }
    return left.length - right.length
  }

  // Finds the texts with words that begin so: text number to weight.
  async function having(word, index) {
    const pieces = index.pieces.filter(([first], at) => {
      const next = index.pieces[at + 1]?.[0]
      const mayHold = first.startsWith(word) || order(first, word) <= 0
      return mayHold && (next === undefined || order(next, word) > 0)
    })
    const found = new Map()
    for (const piece of await Promise.all(pieces.map(([, digest]) => load(`words_hw_${digest}.json`)))) {
      for (const [known, numbers] of Object.entries(piece)) {
        if (!known.startsWith(word)) continue
        const rarity = Math.log(1 + index.texts / (numbers.length + 0.5))
        const share = known === word ? 1 : 0.6
        let text = 0
        for (const number of numbers) {
          text += Math.floor(number / 10)
          const weight = (number % 10) * rarity * share
          found.set(text, Math.max(found.get(text) ?? 0, weight))
        }
      }
    }
    return found
  }

  // Ranks the texts: first those that have the most of the words. What has none of a word is asked for a shorter one.
  async function find(query) {
    const index = await load('index.json')
    const asked = [...new Set(cut(query))]
    const lists = await Promise.all(asked.map(async (word) => {
      for (let length = word.length; length >= Math.max(1, word.length - 2); length -= 1) {
        const found = await having(word.slice(0, length), index)
        if (found.size || length < 5) return [word.slice(0, length), found]
      }
      return [word, new Map()]
    }))
    const ranks = new Map()
    for (const [, found] of lists) {
      for (const [text, weight] of found) {
        const [count, sum] = ranks.get(text) ?? [0, 0]
        ranks.set(text, [count + 1, sum + weight])
      }
    }
    const most = Math.max(0, ...[...ranks.values()].map(([count]) => count))
    const texts = [...ranks].filter(([, [count]]) => count === most)
    texts.sort(([a, [, left]], [b, [, right]]) => right - left || b - a)
    return { words: lists.map(([word]) => word), texts: texts.map(([text]) => text) }
  }

  const make = (tag, name, parent, settings = {}) => {
    const element = Object.assign(document.createElement(tag), settings)
    if (name) element.className = name
    parent?.append(element)
    return element
  }

  // Writes a text with the words that were found marked.
  function marked(parent, text, found) {
    let end = 0
    for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      if (!cut(word).some((part) => found.some((known) => part.startsWith(known)))) continue
      parent.append(text.slice(end, index))
      make('mark', '', parent, { textContent: word })
      end = index + word.length
    }
    parent.append(text.slice(end))
  }

  // Chooses the part of a text in which the most of the words stand together.
  function excerpt(text, found) {
    const all = [...text.matchAll(/\S+/g)]
    const hits = all.flatMap(({ 0: word }, at) => {
      const known = found.findIndex((one) => cut(word).some((part) => part.startsWith(one)))
      return known < 0 ? [] : [[at, known]]
    })
    const near = ([at]) => new Set(hits.filter(([other]) => other >= at && other < at + 24).map(([, known]) => known)).size
    const best = hits.slice(0, 50).reduce((best, hit) => (near(hit) > near(best) ? hit : best), hits[0] ?? [0])
    const from = Math.max(0, Math.min(best[0] - 6, all.length - 32))
    const [first, last] = [all[from], all[Math.min(all.length, from + 32) - 1]]
    if (!first) return ''
    const part = text.slice(first.index, last.index + last[0].length)
    return `${from > 0 ? '… ' : ''}${part}${from + 32 < all.length ? ' …' : ''}`
  }

  // Fills a place with a field, what was found, and how much that is.
  function fill(place) {
    const form = make('form', 'search', place, { role: 'search', action: way.href })
    const field = make('input', '', form, { type: 'search', autocomplete: 'off', spellcheck: false, placeholder: words.label })
    field.setAttribute('aria-label', words.label)
    const status = make('p', 'search-status small', form, { role: 'status' })
    const list = make('ol', 'search-results', form)
    const more = make('button', 'search-more', form, { type: 'button', textContent: words.more, hidden: true })
    let latest = 0
    let found = { words: [], texts: [] }

    async function show(turn) {
      const shown = list.childElementCount
      const texts = await Promise.all(found.texts.slice(shown, shown + SHOWN).map((text) => load(`${text}.json`)))
      if (turn !== latest) return
      for (const text of texts) {
        const entry = make('li', '', list)
        marked(make('a', 'search-title', entry, { href: text.url }), text.title || text.url, found.words)
        const facts = make('p', 'small', entry)
        if (text.date) make('time', '', facts, { textContent: text.date, dateTime: text.datetime })
        const place = text.event ?? text.section
        if (place) facts.append(text.date ? ` · ${place}` : place)
        marked(make('p', 'excerpt', entry), excerpt(text.text, found.words), found.words)
      }
      more.hidden = list.childElementCount >= found.texts.length
    }

    async function search() {
      const turn = ++latest
      const query = field.value.trim()
      try {
        const next = query ? await find(query) : { words: [], texts: [] }
        if (turn !== latest) return
        found = next
        list.replaceChildren()
        await show(turn)
        if (turn !== latest) return
        status.textContent = !query ? '' : found.texts.length ? `${words.results}: ${found.texts.length}` : words.none
      } catch {
        if (turn === latest) status.textContent = words.failed
      }
    }

    field.addEventListener('input', search)
    field.addEventListener('focus', () => load('index.json').catch(() => {}), { once: true })
    more.addEventListener('click', async () => {
      const shown = list.childElementCount
      await show(latest)
      list.children[shown]?.querySelector('a').focus()
    })
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      list.querySelector('a')?.click()
    })
    form.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      const stops = [field, ...list.querySelectorAll('a')]
      const at = stops.indexOf(document.activeElement)
      if (!step || at < 0) return
      event.preventDefault()
      stops[at + step]?.focus()
    })
    return field
  }

  const here = document.querySelector('[data-search-here]')
  let open
  if (here) {
    const field = fill(here)
    open = () => field.focus()
  } else {
    const box = make('dialog', 'search-box', document.body)
    box.setAttribute('aria-label', words.label)
    const field = fill(box)
    const close = make('button', 'search-close', box, { type: 'button', textContent: '×' })
    close.setAttribute('aria-label', words.close)
    close.addEventListener('click', () => box.close())
    box.addEventListener('click', ({ target }) => target === box && box.close())
    box.addEventListener('close', () => way.focus())
    open = () => {
      if (!box.isConnected) document.body.append(box)
      if (!box.open) box.showModal()
      field.select()
    }
  }
  way.addEventListener('search', open)
})()
