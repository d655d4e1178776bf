// What every page has: the appearance that the reader chose, from before the first paint on, and the way to the search.
(() => {
  const root = document.documentElement
  const key = 'hallway-appearance'
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const ofSystem = () => (dark.matches ? 'dark' : 'light')
  const shown = () => root.dataset.theme ?? ofSystem()

  // What is stored may be none of ours, or nothing may be stored: then the page looks as the system wants it.
  const stored = (change) => {
    try {
      return change(localStorage)
    } catch {
      return null
    }
  }
  const fixed = root.dataset.theme
  const chosen = fixed ? null : stored((storage) => storage.getItem(key))
  if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen

  document.addEventListener('DOMContentLoaded', () => {
    const toggle = document.querySelector('.appearance')
    if (toggle && !fixed) {
      const tell = () => toggle.setAttribute('aria-pressed', String(shown() === 'dark'))
      tell()
      dark.addEventListener('change', tell)
      toggle.addEventListener('click', () => {
        const wanted = shown() === 'dark' ? 'light' : 'dark'
        // Who wants what the system shows follows it from then on.
        if (wanted === ofSystem()) {
          delete root.dataset.theme
          stored((storage) => storage.removeItem(key))
        } else {
          root.dataset.theme = wanted
          stored((storage) => storage.setItem(key, wanted))
        }
        tell()
      })
    }

    const way = document.querySelector('a[data-search]')
    if (!way) return
    // The search is loaded when it is wanted: by a click on the way to it, or by the key `/`.
    let loaded
    const load = () => {
      loaded ??= new Promise((done, failed) => {
        const script = document.createElement('script')
        script.src = way.dataset.search
        if (way.dataset.integrity) script.integrity = way.dataset.integrity
        script.addEventListener('load', done)
        script.addEventListener('error', failed)
        document.head.append(script)
      })
      return loaded
    }
    const search = () => load().then(() => way.dispatchEvent(new CustomEvent('search')), () => location.assign(way.href))
    way.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      event.preventDefault()
      search()
    })
    document.addEventListener('keydown', (event) => {
      const typing = event.target.closest?.('input, textarea, select, [contenteditable]')
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      search()
    })
    // The archive and the page of lost addresses have a field of their own, which is there without being asked for.
    if (document.querySelector('[data-search-here]')) load().catch(() => {})
  })
})()
