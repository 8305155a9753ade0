const SVG = 'http://www.w3.org/2000/svg';
const XHTML = 'http://www.w3.org/1999/xhtml';

/**
 * A part of the page as it looks now, as an SVG file that needs nothing else: its elements with the style sheets of the
 * page. Browsers show it as they show the page; programs that know no HTML within SVG do not.
 */
export function pictureOf(part: Element): string {
  const { width, height } = part.getBoundingClientRect();
  const svg = document.createElementNS(SVG, 'svg');
  // The root of the file stands for the root of the page: the design hangs on it.
  for (const { name, value } of document.documentElement.attributes) svg.setAttribute(name, value);
  svg.setAttribute('width', String(Math.ceil(width)));
  svg.setAttribute('height', String(Math.ceil(height)));
  const frame = document.createElementNS(SVG, 'foreignObject');
  frame.setAttribute('width', '100%');
  frame.setAttribute('height', '100%');
  frame.append(bodyWith(part));
  svg.append(frame);
  return new XMLSerializer().serializeToString(svg);
}

function bodyWith(part: Element): Element {
  const body = document.createElementNS(XHTML, 'body');
  const style = document.createElementNS(XHTML, 'style');
  style.textContent = styleSheets();
  const copy = part.cloneNode(true) as Element;
  keepCanvases(part, copy);
  body.append(style, copy);
  return body;
}

function styleSheets(): string {
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .map(({ cssText }) => cssText)
    .join('\n');
}

/** What was painted is not part of the elements: it is kept as a picture. */
function keepCanvases(part: Element, copy: Element): void {
  const copies = copy.querySelectorAll('canvas');
  part.querySelectorAll('canvas').forEach((canvas, index) => {
    const image = document.createElementNS(XHTML, 'img');
    for (const { name, value } of canvas.attributes) image.setAttribute(name, value);
    image.setAttribute('alt', '');
    image.setAttribute('src', canvas.toDataURL());
    copies[index]?.replaceWith(image);
  });
}
