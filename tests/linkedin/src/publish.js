/** What happens after Post: the request, the composer's end, the notice. Shared by both composers. */
import { after, options } from "./page.js";
import { go } from "./route.js";
import { addOwnPost } from "./feed.js";
import { notify } from "./sdui/dialogs.js";
import { words } from "./words.js";

const PUBLISH = "/voyager/api/graphql?action=execute&queryId=voyagerContentcreationDashShares.7f1a6c2e90d4b358";
const CLOSED = "/flagship-web/rsc-action/actions/server-request"
  + "?sduiid=com.linkedin.sdui.action.sharing.closed-sharebox.server-action";
const LEFT = "fixture-left";

const json = (body) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/**
 * Sends the text; what follows is the affair of the page, which stays when the composer's frame goes.
 * @param {{form: string, failed: (told: boolean) => void}} composer
 * @param {string} text the editor's model at the moment of the press
 * @param {boolean} [later] whether it was scheduled
 */
export async function publish(composer, text, later = false) {
  const reply = await window.fixture.request(PUBLISH, json({ variables: { post: { commentary: { text } } } }));
  const { data } = await reply.json();
  if (data.errors) {
    composer.failed(options.outcome === "failure");
    return;
  }
  void window.fixture.request(CLOSED, json({ postUrl: data.urn }));
  void window.top.fixture.published({ text, form: composer.form, urn: data.urn }, later);
}

/** Sends the new text of a post that is out. */
export async function change(urn, text) {
  await window.fixture.request(PUBLISH, json({ variables: { resourceKey: urn, post: { commentary: { text } } } }));
}

/** What the page before left to be told by this one. */
export function tellWhatWasLeft() {
  const post = JSON.parse(sessionStorage.getItem(LEFT));
  sessionStorage.removeItem(LEFT);
  if (post) notify(words.posted, post.urn);
}

/** A post that went out an hour before: some notice of it is still about. */
const older = () => `urn:li:share:${BigInt(Date.now() - 3_600_000) << 22n}`;

/**
 * The page's part: closes the composer and carries out the outcome this visit was asked for.
 * @param {() => any} composer the open one
 */
export function onPublished(composer) {
  window.fixture.published = async (post, later) => {
    window.fixture.posted.push(post);
    await after(options.close_after_ms);
    const { notice, told, upsell, close, tellInside } = composer();
    if (options.outcome === "in-the-box") return tellInside(post.urn);
    close();
    if (location.pathname === "/sharing/compose") go("/feed/");
    if (later) return told();
    if (options.outcome === "none") return;
    if (options.outcome === "page-load") {
      sessionStorage.setItem(LEFT, JSON.stringify(post));
      location.assign("/feed/");
      return;
    }
    addOwnPost(post.text, post.urn);
    if (options.outcome === "own-post") return;
    notice(post.urn);
    // The newest is not the first in the document.
    if (options.outcome === "two-toasts") notice(older());
    if (options.outcome === "upsell") upsell();
  };
}
