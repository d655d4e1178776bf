// Opens the photos of a gallery one by one in a dialog. Without this script, or in a browser without dialogs, each photo is
// a link to its large picture.
//
// What it says is in the page, in its language: data-label, data-previous … of the gallery. The dialog is made when it is
// first asked for. When it closes, the focus is where the reader left the page: on the photo that was opened.
if (globalThis.HTMLDialogElement?.prototype.showModal) {
  const PHOTO = '.gallery a[data-width]'
  const SWIPE_PX = 48
  const DRAG_PX = 8

  let box, stage, preview, photo, caption, byline, said, position
  // The photos of the gallery that is open, which of them is shown, and the one that was clicked.
  let links = []
  let index = 0
  let opener
  // Where a finger or the mouse went down, and how far it has moved.
  let drag
  let isDragged = false

  function make(tag, name, parent, properties = {}) {
    const element = Object.assign(document.createElement(tag), properties)
    element.className = name
    parent?.append(element)
    return element
  }

  function build() {
    box = make('dialog', 'lightbox')
    stage = make('div', 'lightbox-stage', box)
    preview = make('img', 'lightbox-preview', stage, { alt: '', draggable: false })
    photo = make('img', 'lightbox-photo', stage)
    const words = make('div', 'lightbox-words', box, { id: 'lightbox-words' })
    words.setAttribute('aria-live', 'polite')
    said = make('p', 'visually-hidden', words)
    caption = make('p', 'lightbox-caption', words)
    byline = make('p', 'lightbox-byline', words)
    position = make('p', 'lightbox-position', box)
    position.setAttribute('aria-hidden', 'true')
    for (const [name, act] of [['previous', () => show(index - 1)], ['next', () => show(index + 1)], ['close', () => box.close()]]) {
      make('button', `lightbox-${name}`, box, { type: 'button', onclick: act })
    }
    box.setAttribute('aria-describedby', words.id)
    box.addEventListener('keydown', turn)
    box.addEventListener('close', leave)
    box.addEventListener('click', ({ target }) => {
      // A click beside the photo; the end of a swipe is none.
      if (!isDragged && (target === stage || target === box)) box.close()
    })
    stage.addEventListener('pointerdown', press)
    stage.addEventListener('pointermove', move)
    stage.addEventListener('pointerup', release)
    stage.addEventListener('pointercancel', () => settle())
    new ResizeObserver(fit).observe(stage)
    // A reader who has zoomed in moves the picture, and does not turn the page.
    visualViewport?.addEventListener('resize', () => box.classList.toggle('lightbox-zoomed', isZoomed()))
  }

  const isZoomed = () => (visualViewport?.scale ?? 1) > 1.05
  const side = (link, name) => Math.max(1, Number(link.dataset[name]) || 1)

  function open(link) {
    const gallery = link.closest('.gallery')
    const { label, previous, next, close } = gallery.dataset
    if (!box) build()
    // A preview that puts another version of the page in place takes away what is not in it.
    if (!box.isConnected) {
      box.open = false
      document.body.append(box)
    }
    links = [...gallery.querySelectorAll(PHOTO)]
    opener = link
    box.setAttribute('aria-label', label ?? '')
    for (const [name, words] of Object.entries({ previous, next, close })) {
      const button = box.querySelector(`.lightbox-${name}`)
      button.setAttribute('aria-label', words ?? name)
      button.title = words ?? name
    }
    box.classList.toggle('is-single', links.length === 1)
    box.classList.remove('lightbox-zoomed')
    for (const button of box.querySelectorAll('button')) button.autofocus = false
    box.querySelector(links.length === 1 ? '.lightbox-close' : '.lightbox-next').autofocus = true
    box.showModal()
    show(links.indexOf(link))
  }

  function leave() {
    photo.removeAttribute('srcset')
    photo.removeAttribute('src')
    preview.removeAttribute('src')
    if (opener?.isConnected) opener.focus()
  }

  // Shows the photo at a place; after the last one comes the first.
  function show(place) {
    index = (place + links.length) % links.length
    const link = links[index]
    const thumb = link.querySelector('img')
    settle()
    describe(link, thumb)
    preview.classList.remove('is-covered')
    preview.src = thumb?.currentSrc || thumb?.src || ''
    // A new element, so that the last photo is not to be seen until this one is loaded.
    const fresh = make('img', 'lightbox-photo', null, { alt: thumb?.alt ?? '', draggable: false, decoding: 'async' })
    photo.replaceWith(fresh)
    photo = fresh
    fit()
    load(fresh, link)
    fresh.decode().then(() => {
      if (fresh !== photo) return
      fresh.classList.add('is-loaded')
      preview.classList.add('is-covered')
      // Those beside it come next; the first two photos of a pair are each other's neighbours.
      for (const other of new Set([links[(index + 1) % links.length], links.at(index - 1)])) {
        if (other !== link) load(sized(new Image(), other), other)
      }
    }, () => {
      // The small picture stays where the large one cannot be had.
    })
  }

  // `sizes` must stand before a browser chooses from the candidates.
  function load(image, link) {
    image.sizes = `${image.width}px`
    if (link.dataset.srcset) image.srcset = link.dataset.srcset
    image.src = link.href
  }

  function describe(link, thumb) {
    const figure = link.closest('figure')
    const { caption: text, byline: by } = link.dataset
    const number = (link.closest('.gallery').dataset.number ?? '{n} / {total}')
      .replace('{n}', index + 1).replace('{total}', links.length)
    caption.textContent = text ?? figure?.querySelector('figcaption')?.innerText ?? ''
    byline.textContent = by ?? ''
    // A screen reader hears the number, and the alternative text where it says more than the caption and the number.
    const alt = thumb?.alt ?? ''
    said.textContent = [number, ...(alt && alt !== number && alt !== caption.textContent ? [alt] : [])].join('. ')
    position.textContent = `${index + 1} / ${links.length}`
  }

  // Both pictures have the size that the photo will have, before it is there.
  function fit() {
    const link = links[index]
    if (!link || !box.open) return
    for (const image of [preview, photo]) sized(image, link)
    if (photo.srcset) photo.sizes = `${photo.width}px`
  }

  function sized(image, link) {
    const [width, height] = [side(link, 'width'), side(link, 'height')]
    const scale = Math.min(1, stage.clientWidth / width, stage.clientHeight / height)
    image.width = Math.max(1, Math.round(width * scale))
    image.height = Math.max(1, Math.round(height * scale))
    return image
  }

  const isRightToLeft = () => getComputedStyle(box).direction === 'rtl'

  function turn(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isZoomed()) return
    const ahead = isRightToLeft() ? -1 : 1
    const places = { ArrowRight: index + ahead, ArrowLeft: index - ahead, Home: 0, End: links.length - 1 }
    if (!Object.hasOwn(places, event.key)) return
    event.preventDefault()
    if (places[event.key] !== index && links.length > 1) show(places[event.key])
  }

  function press(event) {
    isDragged = false
    drag = undefined
    if (!event.isPrimary || event.button !== 0 || isZoomed() || links.length < 2) return
    drag = { id: event.pointerId, x: event.clientX, y: event.clientY, dx: 0 }
  }

  function move(event) {
    if (event.pointerId !== drag?.id) return
    drag.dx = event.clientX - drag.x
    if (!isDragged && Math.abs(drag.dx) > DRAG_PX) {
      isDragged = true
      stage.setPointerCapture(drag.id)
    }
    if (isDragged) for (const image of [preview, photo]) image.style.translate = `${drag.dx}px`
  }

  function release(event) {
    if (event.pointerId !== drag?.id) return
    const { dx, y } = drag
    const isSwipe = Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(event.clientY - y)
    if (!isSwipe) return settle()
    show(index + ((dx < 0) === isRightToLeft() ? -1 : 1))
  }

  function settle() {
    drag = undefined
    for (const image of [preview, photo]) image.style.translate = ''
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest?.(PHOTO)
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
    if (!link || !isPlain || event.defaultPrevented) return
    event.preventDefault()
    open(link)
  })
}
