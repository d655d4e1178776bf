// Shows the places of shortcodes that there is no template for and whose text was kept. Published pages show nothing there.

const marks = new CSSStyleSheet();
marks.replaceSync(`
  .unknown-shortcode::before {
    content: "no shortcode " attr(data-name); margin-inline-end: .5em; padding: 1px 6px; border-radius: 4px;
    font: 13px/1.4 ui-monospace, Menlo, Consolas, monospace; color: light-dark(#7a5200, #f0c060);
    background: light-dark(#fff3d6, #3a2f16); border: 1px dashed;
  }
  @media print { .unknown-shortcode::before { display: none } }
`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];
