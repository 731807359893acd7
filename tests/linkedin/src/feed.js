/** The SDUI feed: header, share box, a few posts, a comment box. Everything in it but the share box is scenery. */
import { avatar, css, drawing, h, icon, onPress, options, uuid } from "./page.js";
import { words } from "./words.js";
import { plainEditor } from "./sdui/editor.js";

/** The page that the person looks after. */
export const PAGE = { name: "Cobalt & Finch", initials: "CF" };

export const ME = { name: "Nell Ashdown", initials: "NA", line: "Head roaster at Cobalt & Finch", path: "/in/nell-ashdown/" };

/** Posts of others, by number. */
export const OTHERS = [
  {
    name: "Ines Okafor", initials: "IO", tone: 1, line: "Green buyer · 3rd week of harvest", age: "2h",
    text: "The drying beds are full and the river is loud.\nThree farms today, two more tomorrow, and one very good lunch.",
    picture: "hills", likes: 128, replies: 14,
  },
  {
    name: "Tomasz Berg", initials: "TB", tone: 2, line: "Runs a small bakery with big ovens", age: "5h",
    text: "Day one with the new deck oven. The first loaf was for the neighbours, the second for us.",
    picture: "oven", likes: 76, replies: 9,
  },
  {
    name: "Marguerite Lind", initials: "ML", tone: 3, line: "Barista trainer", age: "1d",
    text: "Asked a class of twelve what makes a good shift. Nobody said the machine. Everybody said who is next to you.",
    picture: null, likes: 342, replies: 51,
  },
];

const PICTURES = {
  hills: ["0 0 560 240", [
    ["rect", { width: 560, height: 240, fill: "#dbe4dc" }], ["circle", { cx: 430, cy: 66, r: 34, fill: "#e9bd6c" }],
    ["path", { d: "M0 150c90-60 170-60 270-6s200 40 290-20v116H0z", fill: "#8aa78a" }],
    ["path", { d: "M0 190c110-44 190-40 300-4s180 24 260-8v62H0z", fill: "#4b7463" }],
  ]],
  oven: ["0 0 560 240", [
    ["rect", { width: 560, height: 240, fill: "#e7d8c8" }], ["rect", { x: 150, y: 44, width: 260, height: 160, rx: 14, fill: "#6c4a3a" }],
    ["path", { d: "M190 172v-34a90 74 0 0 1 180 0v34z", fill: "#2f211b" }],
    ["ellipse", { cx: 280, cy: 160, rx: 56, ry: 22, fill: "#d89a4e" }],
  ]],
};

/** The address of some post of another's. */
const anyUrn = () => `urn:li:activity:${7390000000000000000n + BigInt(Math.floor(Math.random() * 1e9))}`;

/** A post's address as the real feed carries it: JSON inside a byte array inside JSON. */
function trackingScope(updateUrn) {
  const content = JSON.stringify({ updateUrn });
  const data = [...new TextEncoder().encode(content)];
  return JSON.stringify([{ topicName: "FeedUpdateServedEvent", breadcrumb: { content: { data } } }]);
}

function action(name, label) {
  return h("button", { css: "act", type: "button" }, icon(name), h("span", {}, label));
}

/** A button and the menu which it opens. */
function menu(button, [label, act]) {
  const entry = onPress(h("div", { css: "act", role: "menuitem", tabindex: "0" }, label), () => {
    list.remove();
    act();
  });
  const list = h("div", { css: "card menu", role: "menu" }, entry);
  onPress(button, () => (list.isConnected ? list.remove() : button.after(list)));
  return button;
}

function commentBox() {
  const place = h("div", { css: "comment-field", "data-testid": "ui-core-tiptap-text-editor-wrapper" });
  plainEditor(place, { placeholder: words.addComment, attributes: { "aria-label": words.commentEditor } });
  return h("div", { css: "comment", componentkey: `commentBox-${uuid()}` }, avatar(ME.initials, 0, "small"), place);
}

/** @param {any} of what it shows @param {number | null} [number] of a post of another's, which can be reshared */
function post({ name, initials, tone, line, age, text, picture, likes, replies, urn = anyUrn() }, number = null) {
  const key = uuid();
  const shown = h("p", { css: "post-text", "data-testid": "expandable-text-box" }, text);
  const repost = number === null ? action("repeat", words.repost)
    : menu(action("repeat", words.repost), [words.repostThoughts, () => compose(number)]);
  const edit = number === null
    && menu(h("button", { css: "act", type: "button", "aria-label": words.menu }, icon("more")),
      [words.editPost, () => change(shown.textContent, (fresh) => { shown.textContent = fresh; })]);
  const body = h("div", { css: "post-body", componentkey: `expanded${key}FeedType_MAIN_FEED_RELEVANCE` },
    h("div", { css: "post-head" }, avatar(initials, tone),
      h("div", {}, h("b", {}, name), h("span", { css: "quiet" }, line), h("span", { css: "quiet" }, `${age} ·`, icon("globe"))), edit || null),
    shown,
    picture ? drawing(...PICTURES[picture], { class: css("picture") }) : null,
    likes ? h("div", { css: "counts quiet" }, `${likes} · ${replies} ${words.replies}`) : null,
    h("div", { css: "acts" }, action("like", words.like), action("chat", words.comment), repost,
      action("send", words.send)));
  return h("div", { css: "card post", role: "listitem", componentkey: key, "data-view-tracking-scope": trackingScope(urn) },
    h("div", { componentkey: `expanded${key}` }, body));
}

/** A picture, served in several sizes under its own long name. */
export const photo = (who, size) => h("img", { css: "avatar avatar-medium", alt: "",
  src: `/dms/image/${who === ME ? "the-face-of-a-person" : "the-sign-of-a-company"}/${size}` });

/** The box that opens the composer, with the hidden copies a responsive page keeps. */
function shareBox() {
  const trigger = (first) => onPress(
    h("div", { css: first ? "start" : "hidden", role: options.trigger_role && "button", tabindex: "0" },
      h("div", { "aria-label": words.start }, h("div", { id: first && "draft-text-replaceable-component" }, words.start))),
    () => compose());
  const side = (name, label, tone) => h("button", { css: `side side-${tone}`, type: "button" }, icon(name), h("span", {}, label));
  return h("div", { css: "card share" },
    h("div", { css: "share-row" },
      h("div", { id: "shareboxProfilePictureComponentRef" }, h("a", { href: ME.path, "aria-label": ME.name },
        options.author === "page-photo" ? photo(ME, 48) : avatar(ME.initials, 0))),
      trigger(true), trigger(false), trigger(false)),
    h("div", { css: "acts" }, side("play", words.video, 1), side("image", words.media, 2), side("page", words.article, 3)));
}

function header() {
  const entry = (name, label, current) =>
    h("li", {}, h("a", { href: "/feed/", css: current ? "nav-link nav-current" : "nav-link" }, icon(name), h("span", {}, label)));
  return h("header", { css: "top" },
    h("div", { css: "top-inner" },
      h("span", { css: "logo", "aria-hidden": "true" }, drawing("0 0 24 24", [
        ["circle", { cx: 8, cy: 8, r: 3.2 }], ["circle", { cx: 17, cy: 9, r: 2.4 }], ["circle", { cx: 12, cy: 17, r: 3.6 }],
        ["path", { d: "M8 8l9 1-5 8z", fill: "none" }],
      ])),
      h("label", { css: "search" }, icon("search"), h("input", { type: "search", placeholder: words.search, "aria-label": words.search })),
      h("nav", { "data-testid": "primary-nav", id: "primaryNavLinksComponentRef" },
        h("ul", { css: "nav" }, entry("home", words.home, true), entry("people", words.network), entry("briefcase", words.jobs),
          entry("chat", words.messaging), entry("bell", words.notices)))));
}

function profile() {
  const cover = drawing("0 0 220 60", [
    ["rect", { width: 220, height: 60, fill: "#c9d4cc" }], ["path", { d: "M0 44c40-24 80-20 120-4s70 8 100-10v30H0z", fill: "#7d9c8c" }],
  ], { class: css("cover") });
  return h("aside", { css: "card profile" }, cover, avatar(ME.initials, 0, "large"), h("b", {}, ME.name),
    h("span", { css: "quiet" }, ME.line));
}

let list;
let compose;
let change;

/**
 * Puts the feed into the page.
 * @param {(reshare?: number) => void} open called when the person wants to write, or to share a post on
 * @param {(text: string, done: (text: string) => void) => void} edit called when they want to change a post
 */
export function showFeed(open, edit) {
  [compose, change] = [open, edit];
  list = h("div", { css: "list", role: "list" }, ...OTHERS.map((each, number) => post(each, number)));
  const middle = h("main", { css: "feed", "data-testid": "mainFeed", tabindex: "-1" }, shareBox(), list);
  document.body.append(h("div", { css: "app", id: "root" }, header(), h("div", { css: "columns" }, profile(), middle)));
  list.firstElementChild.append(commentBox());
  if (options.own_post) addOwnPost(options.own_post);
  // The real site answers no press before this flag is set.
  setTimeout(() => document.body.setAttribute("data-rehydrated", "true"), options.hydrate_ms);
}

/** The person's own new post, on top of the feed. */
export function addOwnPost(text, urn) {
  list.prepend(post({ ...ME, tone: 0, age: words.now, text, picture: null, likes: 0, replies: 0, urn }));
}
