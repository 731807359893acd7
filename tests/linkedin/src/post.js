/**
 * A single post's page, where the "View post" links lead, and the page of its analytics.
 *
 * What is shown is `Shown` in site.py. The way from one such page to the next without a page load is
 * `fixture.visit(path, shown, late)`: the address changes at once, what was there stays for `late` ms, `late` null for ever.
 */
import { adoptSiteStyles, avatar, h, options, uuid } from "./page.js";

/** By the account's language; the German and French ones are our own translations. */
const WORDS = {
  en: { impressions: "impressions", reactions: "reactions", comments: "comments", reposts: "reposts", view: "View analytics", act: ["Like", "Comment", "Repost", "Send"] },
  de: { impressions: "Impressionen", reactions: "Reaktionen", comments: "Kommentare", reposts: "Reposts", view: "Statistik anzeigen", act: ["Gefällt mir", "Kommentar", "Repost", "Senden"] },
  fr: { impressions: "impressions", reactions: "réactions", comments: "commentaires", reposts: "republications", view: "Voir les statistiques", act: ["J’aime", "Commentaire", "Republier", "Envoyer"] },
};
const words = WORDS[options.lang] ?? WORDS.en;
const titled = (name) => words[name][0].toUpperCase() + words[name].slice(1);

const analytics = (urn) => `/analytics/post-summary/${urn}/`;

/** The row under a post, as LinkedIn's newer page has it: words in elements without a name. */
function counts({ figures }) {
  const told = ["reactions", "comments", "reposts"].filter((name) => name in figures);
  return h("div", { css: "counts quiet" }, ...told.map((name) =>
    h("span", {}, h("span", { "aria-hidden": "true" }, figures[name]), h("span", { css: "seen" }, `${figures[name]} ${words[name]}`))));
}

function entry({ urn, figures }) {
  return h("a", { href: analytics(urn), componentkey: uuid() },
    h("p", {}, `${figures.impressions} ${words.impressions} · 4 engagements`), h("p", {}, words.view));
}

/** A comment by somebody, with counts of its own. */
function comments() {
  return h("div", {},
    h("div", { role: "textbox", contenteditable: "true", "aria-label": "Add a comment…" }),
    h("div", { componentkey: `replaceableComment_${uuid()}` }, h("p", {}, "Well roasted."), h("span", {}, `7 ${words.reactions}`)),
    h("div", {}, h("p", {}, "Where does it come from?"), h("span", {}, `9 ${words.reactions}`)));
}

const acts = () => h("div", { css: "acts" }, ...words.act.map((each) => h("button", { type: "button" }, h("span", {}, each))));

function head(name) {
  return h("div", { css: "post-head" }, avatar("NA", 0), h("div", {}, h("b", {}, name), h("span", { css: "quiet" }, "2m")));
}

const POSTS = {
  sdui: (shown) => h("div", { css: "card post", role: "listitem" },
    head(shown.name), h("p", { css: "post-text", "data-testid": "expandable-text-box" }, shown.text),
    counts(shown), acts(), shown.own ? entry(shown) : null, comments()),

  classic: ({ name, text, urn, figures, own }) => h("div", { class: "feed-shared-update-v2", "data-urn": urn },
    head(name), h("div", { class: "update-components-text" }, text),
    own ? h("div", { class: "content-analytics-entry-point" },
      h("a", { href: `https://www.linkedin.com${analytics(urn)}`, class: "ca-entry-point" },
        h("div", { class: "ca-entry-point__num-views" }, h("strong", {}, figures.impressions), ` ${words.impressions}`), h("span", {}, words.view))) : null,
    h("ul", { class: "social-details-social-counts" },
      h("li", {}, h("button", { type: "button" }, h("span", { class: "social-details-social-counts__reactions-count" }, figures.reactions))),
      h("li", {}, h("button", { type: "button", "aria-label": `${figures.comments} comments on ${name}’s post` }, `${figures.comments} ${words.comments}`)),
      h("li", {}, h("button", { type: "button" }, `${figures.reposts} ${words.reposts}`))),
    acts(), h("div", { class: "comments-comments-list" }, comments())),

  analytics: ({ name, text, figures }) => h("div", {},
    h("div", { css: "card" }, head(name), h("p", {}, text)),
    h("section", { css: "card" },
      h("ul", {}, ...Object.entries({ "Members reached": "800", ...figures, "Saves": "2" }).map(([key, number]) => {
        const label = h("p", { css: "quiet" }, key in words ? titled(key) : key);
        const parts = [h("p", {}, h("span", {}, number)), label];
        return h("li", {}, h("div", {}, ...(key in words && key !== "impressions" ? parts.reverse() : parts)));
      })))),
};

let main = h("main", { css: "single" });
adoptSiteStyles();
document.body.append(main);

function show(shown) {
  const made = h("main", { css: "single" }, ...(shown?.kind
    ? [POSTS[shown.kind](shown), ...shown.beside.map((each) => POSTS[each.kind](each))]
    : [h("article", { css: "card post" }, head("Nell Ashdown"), h("p", { css: "post-text" }, shown ? shown.text : "This post cannot be displayed."))]));
  main.replaceWith(made);
  main = made;
}

window.fixture.visit = (path, shown, late) => {
  history.pushState(null, "", path);
  if (late !== null) setTimeout(() => show(shown), late);
};
show(JSON.parse(document.querySelector('meta[name="fixture-post"]').content));
