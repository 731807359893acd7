/** The page itself: puts the parts together and opens the composer this visit was asked for. */
import { adoptSiteStyles, after, options } from "./page.js";
import { go, onRoute, start } from "./route.js";
import { showFeed } from "./feed.js";
import { showInterop, showPreloadFrame } from "./interop.js";
import { openClassic } from "./classic/composer.js";
import { openSdui } from "./sdui/composer.js";

/**
 * The forms of the compose box. `route`: opening it changes the address to /sharing/compose, and leaving that address
 * closes it. `open` returns `{model, close}`.
 */
const FORMS = {
  sdui: { route: true, open: openSdui },
  classic: { route: false, open: openClassic },
};

const form = FORMS[options.form];
let composer = null;

function open(interop) {
  if (composer) return;
  composer = form.open({ interop, closed: () => { composer = null; } });
  window.fixture.model = () => composer?.model() ?? null;
}

adoptSiteStyles();
const interop = showInterop();
showFeed(() => {
  if (document.body.dataset.rehydrated !== "true") return;
  if (form.route) go("/sharing/compose");
  else open(interop);
});
showPreloadFrame();
onRoute(async (path) => {
  if (path === "/sharing/compose") {
    await after(0);
    open(interop);
  } else if (form.route) {
    composer?.close();
  }
});
start();
