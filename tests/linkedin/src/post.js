/** A single post's page, where the "View post" links lead. */
import { adoptSiteStyles, avatar, h } from "./page.js";

adoptSiteStyles();
const shown = JSON.parse(document.querySelector('meta[name="fixture-post"]').content);
document.body.append(
  h("main", { css: "single" },
    h("article", { css: "card post" },
      h("div", { css: "post-head" }, avatar("NA", 0), h("div", {}, h("b", {}, "Nell Ashdown"))),
      h("p", { css: "post-text" }, shown ? shown.text : "This post cannot be displayed."))));
