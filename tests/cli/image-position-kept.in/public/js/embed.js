// Turns the link to a film, or what else can be shown in place, into the frame that shows it, when it is clicked.
// Before that nothing is asked of another site; without this script the link is a link.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-frame]");
  const is_plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !is_plain || event.defaultPrevented) return;
  // What is written in a page may come from anyone: a frame is only ever another site.
  if (!link.dataset.frame.startsWith("https://")) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.src = link.dataset.frame;
  frame.title = link.querySelector(".embed-title")?.textContent ?? link.textContent;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(frame);
  frame.focus();
});
