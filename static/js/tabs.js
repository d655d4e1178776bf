// Opens the tab that the reader chose last, by its language or name, in all groups that have it. Tabs work without this.
const chosen = new Set()
const key = 'hallway-tabs'

function open(name) {
  for (const tab of document.querySelectorAll('.sc-tab')) {
    if (tab.dataset.tab === name && !tab.disabled) tab.checked = true
  }
}

try {
  for (const name of JSON.parse(localStorage.getItem(key) ?? '[]')) chosen.add(String(name))
} catch {
  // What is stored is none of ours, or nothing may be stored: each page begins anew.
}
for (const name of chosen) open(name)

document.addEventListener('change', ({ target }) => {
  const name = target.matches?.('.sc-tab') ? target.dataset.tab : undefined
  if (!name) return
  const top = target.getBoundingClientRect().top
  open(name)
  // Other groups above may be longer now: the tab that was clicked stays under the pointer.
  scrollBy(0, target.getBoundingClientRect().top - top)
  chosen.delete(name)
  chosen.add(name)
  try {
    localStorage.setItem(key, JSON.stringify([...chosen].slice(-20)))
  } catch {
    // See above.
  }
})
