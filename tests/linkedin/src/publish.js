/** What happens after Post: the request, the composer's end, the notice. Shared by both composers. */
import { after, options } from "./page.js";
import { go } from "./route.js";
import { addOwnPost } from "./feed.js";

const PUBLISH = "/voyager/api/graphql?action=execute&queryId=voyagerContentcreationDashShares.7f1a6c2e90d4b358";
const CLOSED = "/flagship-web/rsc-action/actions/server-request"
  + "?sduiid=com.linkedin.sdui.action.sharing.closed-sharebox.server-action";

const json = (body) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/**
 * Sends the text and carries out the outcome this visit was asked for.
 * @param {{form: string, close: () => void, notice: (urn: string) => void, failed: () => void}} composer
 * @param {string} text the editor's model at the moment of the press
 */
export async function publish(composer, text) {
  const reply = await window.fixture.request(PUBLISH, json({ variables: { post: { commentary: { text } } } }));
  const { data } = await reply.json();
  if (data.errors) {
    composer.failed();
    return;
  }
  window.fixture.posted.push({ text, form: composer.form, urn: data.urn });
  void window.fixture.request(CLOSED, json({ postUrl: data.urn }));
  await after(options.close_after_ms);
  composer.close();
  if (location.pathname !== "/feed/") go("/feed/");
  addOwnPost(text);
  if (options.outcome !== "none") composer.notice(data.urn);
}
