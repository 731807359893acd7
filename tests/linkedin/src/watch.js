/**
 * The watcher: what a site that looks for extensions could see. It runs first in the page world and keeps
 * `window.fixture`, the one object through which tests ask about the page.
 *
 *   fixture.own        WeakSet of the elements which the site itself made
 *   fixture.posted     [{text, form, urn}] what the site's server accepted, oldest first
 *   fixture.traces     [{kind, detail}] what the watcher has seen so far
 *   fixture.inspect()  looks through the whole page once more and returns `traces`
 *   fixture.foreign()  tag names of elements in the page that neither the site nor an editor made
 *   fixture.model()    text of the open composer's editor model, or null (set by the composers)
 */

const NEEDLE = "chrome-extension://";
/** What the editors themselves put below their root. Anything else there came from outside. */
const EDITOR_TAGS = new Set(["P", "BR", "STRONG", "A", "SPAN"]);
const FOREIGN_IN_SPAN = (element) => element.tagName === "SPAN" && !element.matches("[data-type], .ql-cursor, .suggestion");

/** What the served HTML itself holds. */
const SHELL = "head, body, head > meta, head > title, head > link[rel=icon], head > script[src^='/static/']";

const traces = [];
const own = new WeakSet();
const observed = new WeakSet();
const editors = new Set();
const commits = new WeakSet();

/** Notes one trace; the same finding counts once. */
function note(kind, detail) {
  if (!traces.some((trace) => trace.kind === kind && trace.detail === detail)) traces.push({ kind, detail });
}

/** Looks at one node (no descendants) for an address of an extension. */
function lookAt(node) {
  if (node.nodeType === Node.TEXT_NODE && node.data.includes(NEEDLE)) note("extension-address", `text: ${node.data}`);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const { name, value } of node.attributes) {
    if (name.includes(NEEDLE) || value.includes(NEEDLE)) note("extension-address", `${node.localName}[${name}]`);
  }
  if (node.shadowRoot) follow(node.shadowRoot);
}

/** Looks at a node and everything below it, open shadow roots included. */
function lookThrough(node) {
  lookAt(node);
  for (const child of node.childNodes) lookThrough(child);
}

/** Watches a document or shadow root from now on. */
function follow(root) {
  if (!observed.has(root)) {
    observed.add(root);
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  }
  lookThrough(root);
  for (const sheet of root.adoptedStyleSheets) {
    for (const rule of sheet.cssRules) {
      if (rule.cssText.includes(NEEDLE)) note("extension-address", "style sheet");
    }
  }
}

const observer = new MutationObserver((records) => {
  for (const record of records) {
    if (record.type === "childList") for (const node of record.addedNodes) lookThrough(node);
    else lookAt(record.target);
    const editor = [...editors].find((known) => known.contains(record.target));
    if (editor) for (const node of record.addedNodes) lookForIntruder(editor, node);
  }
});

function lookForIntruder(editor, node) {
  if (node.nodeType !== Node.ELEMENT_NODE || !editor.contains(node)) return;
  const strange = [node, ...node.querySelectorAll("*")].find(
    (element) => !EDITOR_TAGS.has(element.tagName) || FOREIGN_IN_SPAN(element) || element.shadowRoot,
  );
  if (strange) note("inside-editor", strange.outerHTML.slice(0, 200));
}

/** The elements of a tree that the site did not make, open shadow roots of its own included. */
function strangers(root) {
  const found = [];
  for (const element of root.children ?? []) {
    const known = own.has(element) || editors.has(element);
    if (!known) found.push(element.localName);
    else if (!editors.has(element)) {
      found.push(...strangers(element));
      if (element.shadowRoot) found.push(...strangers(element.shadowRoot));
    }
  }
  return found;
}

// A person's press is trusted; a script's `click()` is not. Events inside a stranger's own shadow root are its own affair.
for (const type of ["click", "keydown", "paste", "beforeinput", "input"]) {
  document.addEventListener(
    type,
    (event) => {
      if (event.isTrusted) return;
      const path = event.composedPath();
      if (path.some((target) => commits.has(target))) note("untrusted-commit", type);
      else if (own.has(path[0]) || [...editors].some((editor) => path.includes(editor))) note("untrusted-event", type);
    },
    { capture: true },
  );
}

// What a request of an extension's could give away. (Chromium does not list a content script's requests here: the
// server tells the site's own requests by a header, see `request` and site.py.)
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.name.includes(NEEDLE)) note("extension-address", `resource ${entry.name}`);
  }
}).observe({ type: "resource", buffered: true });

window.fixture = {
  own,
  editors,
  commits,
  traces,
  posted: [],
  model: () => null,
  /** The site's own `fetch`, marked for the server. */
  request: (address, init) => fetch(address, { ...init, headers: { ...init.headers, "x-site-request": "own" } }),
  inspect() {
    follow(document);
    return traces;
  },
  foreign() {
    for (const known of document.querySelectorAll(SHELL)) own.add(known);
    return strangers(document.documentElement);
  },
};

follow(document);
