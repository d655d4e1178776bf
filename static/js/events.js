// Keeps lists of events right between two builds: what has begun or is over moves to where it belongs.
(() => {
  const pad = (number) => String(number).padStart(2, '0')
  const now = new Date()
  // The days of an event are those of the place, and so are the reader's, near enough for a list.
  const today = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`
  for (const lists of document.querySelectorAll('[data-events]')) {
    const part = (name) => lists.querySelector(`[data-events-part="${name}"]`)
    const put = (row, list, first) => {
      list.hidden = false
      list.querySelector('ul')[first ? 'prepend' : 'append'](row)
    }
    const leave = (list) => { list.hidden = !list.querySelector('li') }
    for (const row of lists.querySelectorAll(':is([data-events-part="coming"], [data-events-part="now"]) > ul > [data-start]')) {
      const { start, end } = row.dataset
      if (end < today) {
        const year = start.slice(0, 4)
        const past = [...lists.querySelectorAll('[data-events-part="past"]')]
        let list = past.find(({ dataset }) => dataset.year === year)
        if (!list) {
          list = part('coming').cloneNode(true)
          list.dataset.eventsPart = 'past'
          list.dataset.year = year
          list.querySelector('h2').textContent = year
          list.querySelector('ul').replaceChildren()
          const older = past.find(({ dataset }) => dataset.year < year)
          if (older) older.before(list)
          else lists.append(list)
        }
        put(row, list, true)
      } else if (start <= today) {
        put(row, part('now'), false)
      }
    }
    leave(part('now'))
    leave(part('coming'))
  }
})()
