/** Making elements, hashed class names, and the site's options: what every part of the fixture uses. */
import siteCss from "./site.css";
import composeCss from "./sdui/compose.css";

const { own } = window.fixture;

/** What this visit was asked to be: see `Options` in site.py. */
export const options = Object.freeze(JSON.parse(document.querySelector('meta[name="fixture-options"]').content));

const seed = crypto.getRandomValues(new Uint32Array(1))[0];

/** A class name as the site ships them: meaningless, and another one at each load. */
function hash(name) {
  let value = seed;
  for (const letter of name) value = Math.imul(value ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return `_${value.toString(16).padStart(8, "0")}`;
}

/** "card wide" → two hashed class names. */
export const css = (names) => names.split(" ").map(hash).join(" ");

/** A style sheet whose `.c-name` selectors stand for the hashed names of this load. */
export function hashedSheet(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text.replace(/\.c-([\w-]+)/g, (_, name) => `.${hash(name)}`));
  return sheet;
}

export function adoptSiteStyles() {
  document.adoptedStyleSheets = [hashedSheet(siteCss), hashedSheet(composeCss)];
}

function fill(element, attributes, children) {
  own.add(element);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === false || value === null) continue;
    if (name === "css") element.setAttribute("class", css(value));
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/**
 * Makes an element of the site.
 * @param {string} tag
 * @param {Object<string, any>} [attributes] `css` takes readable names and hashes them; `onclick` and the like listen
 * @param {...(Node|string|Array|null)} children
 */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

const SVG = "http://www.w3.org/2000/svg";

/** Line icons, drawn for this fixture on a 24-pixel grid. */
const STROKES = {
  home: "M4 11.5 12 5l8 6.500V19a1 1 0 0 1-1 1h-4.500v-5h-5v5H5a1 1 0 0 1-1-1z",
  people: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.500 19c0-3 2.400-5 5.500-5s5.500 2 5.500 5M16 11a2.500 2.500 0 1 0-.8-4.900M17 14.300c2 .5 3.500 2.200 3.500 4.700",
  briefcase: "M4 8.500h16V19H4zM9 8.500V6h6v2.500M4 13h16",
  chat: "M4.500 5.500h15v10.500h-8l-4 3.500v-3.500h-3z",
  bell: "M6.500 16.500V11a5.500 5.500 0 0 1 11 0v5.500l1.500 1.500H5zM10.500 20.500h3",
  search: "M10.500 16a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM14.800 14.800 20 20",
  image: "M4 5.500h16v13H4zM5 17l5-5 3.500 3.500 2.500-2.500 3.500 3.500M15.500 9.500h.01",
  play: "M4 5.500h16v13H4zM10.500 9.500v5l4.200-2.500z",
  page: "M6.500 4h8l3.500 3.500V20h-11.500zM9.500 11h5.500M9.500 14.500h5.500",
  smile: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM8.700 13.800a4 4 0 0 0 6.600 0M9.500 9.800h.01M14.500 9.800h.01",
  clock: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.500V12l3 2",
  calendar: "M4.500 6h15v13.500h-15zM4.500 10.500h15M8.500 4v3.500M15.500 4v3.500",
  plus: "M12 5v14M5 12h14",
  close: "m6 6 12 12M18 6 6 18",
  caret: "m7 10 5 5 5-5",
  globe: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM4.300 12h15.400M12 4.200c2.600 2.400 3.400 5.100 3.400 7.800s-.8 5.400-3.400 7.800c-2.600-2.400-3.400-5.100-3.400-7.800s.8-5.400 3.400-7.800z",
  like: "M7 11v8.500H4V11zM7 11l4-6.500c1.500 0 2.300 1 2 2.500l-.6 3H18c1.200 0 2 1 1.700 2.200l-1.200 5.500c-.2 1-1 1.800-2 1.800H7",
  repeat: "M5 10V8.500A1.500 1.500 0 0 1 6.500 7H17l-2.500-2.500M19 14v1.500a1.500 1.500 0 0 1-1.500 1.500H7l2.500 2.500",
  send: "m4 11.500 16-7-4.500 16-4-6.500zM11.500 14 20 4.500",
  check: "m5.500 12.500 4.300 4.300L18.500 7.500",
  more: "M6 12h.01M12 12h.01M18 12h.01",
};

/** An icon. `id` only where LinkedIn's own icon has a known one. */
export function icon(name, id) {
  const path = fill(document.createElementNS(SVG, "path"), { d: STROKES[name] }, []);
  return fill(document.createElementNS(SVG, "svg"), { id, css: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, [path]);
}

/** A picture of plain shapes: [[tag, attributes], …] on the given viewBox. */
export function drawing(viewBox, shapes, attributes = {}) {
  const parts = shapes.map(([tag, values]) => fill(document.createElementNS(SVG, tag), values, []));
  return fill(document.createElementNS(SVG, "svg"), { viewBox, "aria-hidden": "true", ...attributes }, parts);
}

/** Initials on a coloured disc; `tone` 0 to 4 picks the colour. */
export function avatar(initials, tone = 0, size = "medium") {
  return h("span", { css: `avatar avatar-${size} tone-${tone}`, "aria-hidden": "true" }, initials);
}

/** A press by mouse or keyboard that a person made; scripts' clicks are ignored, as the site ignores them. */
export function onPress(element, act) {
  element.addEventListener("click", (event) => event.isTrusted && act(event));
  element.addEventListener("keydown", (event) => {
    if (event.isTrusted && element.localName !== "button" && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      act(event);
    }
  });
  return element;
}

/** Resolves after `ms` milliseconds: the site's own delays. */
export const after = (ms) => new Promise((done) => setTimeout(done, ms));

export const uuid = () => crypto.randomUUID();
