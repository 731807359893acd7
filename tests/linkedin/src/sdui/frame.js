/** Form B in a frame: the address changes, the feed stays, and the composer is a document of its own over it. */
import { h } from "../page.js";
import { words } from "../words.js";
import { notify, showUpsell } from "./dialogs.js";

export function openFrame({ closed }) {
  const frame = h("iframe", { src: `/sharing/compose${location.search}`, css: "over", title: words.title, "data-testid": "compose-frame" });
  document.body.append(frame);
  return {
    model: () => frame.contentWindow.fixture?.model() ?? null,
    rerender: () => frame.contentWindow.fixture.rerender(),
    close() {
      frame.remove();
      closed();
    },
    notice: (urn) => notify(words.posted, urn),
    told: () => notify(words.later),
    upsell: showUpsell,
  };
}
