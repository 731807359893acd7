/** The page itself: puts the parts together and opens the composer this visit was asked for. */
import { adoptSiteStyles, after, options } from "./page.js";
import { go, onRoute, start } from "./route.js";
import { OTHERS, showFeed } from "./feed.js";
import { adoptClassicStyles, showInterop, showPreloadFrame } from "./interop.js";
import { onPublished, tellWhatWasLeft } from "./publish.js";
import { showArticle } from "./article.js";
import { openClassic } from "./classic/composer.js";
import { openClassicEdit } from "./classic/dialogs.js";
import { openFrame } from "./sdui/frame.js";
import { openSdui } from "./sdui/composer.js";
import { openSduiEdit } from "./sdui/dialogs.js";

/**
 * The forms of the compose box. `route`: opening it changes the address to /sharing/compose, and leaving that address
 * closes it; `load`: by loading the page anew. `open` returns the composer.
 */
const FORMS = {
  "sdui": { route: true, open: openSdui, edit: openSduiEdit },
  "sdui-open": { route: true, open: openSdui, edit: openSduiEdit },
  "sdui-frame": { route: true, open: window === window.top ? openFrame : openSdui, edit: openSduiEdit },
  "sdui-page": { route: true, load: true, open: openSdui, edit: openSduiEdit },
  "classic": { route: false, open: openClassic, edit: openClassicEdit },
  "classic-page": { route: false, light: true, open: openClassic, edit: openClassicEdit },
};

const form = FORMS[options.form];
let composer = null;
let opened = null;

/** @param {ParentNode} root where the classic box stands @param {string | null} reshare number of a post */
function open(root, reshare) {
  if (composer) return;
  const reshared = reshare === null ? null : OTHERS[Number(reshare)];
  composer = opened = form.open({ root, reshared, closed: () => { composer = null; } });
  Object.assign(window.fixture, {
    model: () => composer?.model() ?? null,
    rerender: () => composer?.rerender(),
  });
}

function compose(root, reshare) {
  if (document.body.dataset.rehydrated !== "true") return;
  const address = `/sharing/compose${reshare === null ? "" : `?reshare=${reshare}`}`;
  if (form.load) location.assign(address);
  else if (form.route) go(address);
  else open(root, reshare);
}

const asked = () => new URLSearchParams(location.search).get("reshare");

adoptSiteStyles();
if (window !== window.top) {
  open(document.body, asked());
} else if (location.pathname === "/article/new/") {
  showArticle();
} else {
  window.fixture.draft = options.draft;
  const interop = showInterop();
  if (form.light) adoptClassicStyles();
  const root = form.light ? document.body : interop;
  onPublished(() => opened);
  showFeed((reshare = null) => compose(root, reshare), (text, done) => form.edit({ root, text, done }));
  showPreloadFrame();
  tellWhatWasLeft();
  onRoute(async (path) => {
    if (path === "/sharing/compose") {
      await after(0);
      open(root, asked());
    } else if (form.route) {
      composer?.close();
    }
  });
  start();
}
