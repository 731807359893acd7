/** The panel's one row: what is true of this draft, in words, with the one thing to do about it. */
globalThis.SaysoStateLine = (() => {
  const { message: say, counted, verdictPhrase } = globalThis.SaysoWords;

  /** @typedef {import("./panel.js").View["line"]} Line */

  /**
   * States in which the draft was not checked.
   * @type {Record<string, {title: string, reason: string, again: boolean}>}
   */
  const UNCHECKED = {
    away: { title: "panel_not_checked", reason: "panel_away", again: true },
    slow: { title: "panel_not_checked_yet", reason: "panel_slow", again: true },
    unpaired: { title: "panel_unpaired", reason: "panel_unpaired_reason", again: true },
    "foreign-port": { title: "panel_not_checked", reason: "panel_foreign_port", again: true },
    "not-recognised": { title: "panel_not_checked", reason: "panel_not_recognised", again: false },
    paused: { title: "panel_paused", reason: "panel_paused_reason", again: false },
  };

  /** The finding the row speaks for: what is owed, disclosure before all. @param {any[]} open */
  function leading(open) {
    const needed = open.filter((each) => each.level === "required");
    return needed.find((each) => each.category === "disclosure") ?? needed[0];
  }

  /**
   * @param {object} now
   * @param {string} now.state
   * @param {any} now.check  the last finished check, null before the first
   * @param {{name: string} | null} now.page  the page that posts, where it is not the person
   * @param {string} now.unfit  why a companion of another version cannot be asked; empty otherwise
   * @param {boolean} now.empty  whether the draft is empty
   * @param {any[]} now.open  findings that stand, worst first; each with `fixes` as acts
   * @param {boolean} now.setAside  whether something needed was dismissed
   * @param {boolean} now.offers  whether there is something to start from
   * @param {(() => void) | null} now.undo  takes the last fix back
   * @param {() => void} now.again
   * @returns {Line}
   */
  function line(now) {
    const own = about(now);
    if (!now.page) return own;
    const { name } = now.page;
    const title = name ? say("panel_posting_as", name, own.title) : say("panel_posting_as_page", own.title);
    return { ...own, title, reason: own.bubble === "fine" ? say("panel_posting_as_reason") : own.reason };
  }

  /** The same, whoever posts. @param {Parameters<typeof line>[0]} now @returns {Line} */
  function about(now) {
    const unchecked = UNCHECKED[now.state];
    if (unchecked) {
      const action = unchecked.again ? { label: say("panel_try_again"), run: now.again, drawing: "refresh" } : null;
      if (now.unfit) return { bubble: "unchecked", title: say("panel_not_checked"), reason: now.unfit, action };
      return { bubble: "unchecked", title: say(unchecked.title), reason: say(unchecked.reason), action };
    }
    if (!now.check) return { bubble: "checking", title: say("panel_checking"), reason: "", action: null };
    const undo = now.undo ? { label: say("panel_undo"), run: now.undo, drawing: "undo" } : null;
    const first = leading(now.open);
    if (first) {
      const rest = now.open.length - 1;
      return {
        bubble: "required",
        title: first.message,
        reason: firstSentence(first.why),
        more: rest ? counted("panel_more", rest) : "",
        action: first.fixes.length ? { ...first.fixes[0], primary: true } : undo,
      };
    }
    if (now.empty) {
      return {
        bubble: "idle",
        title: say("panel_ready"),
        reason: say(now.offers ? "panel_ready_offers" : "panel_ready_reason"),
        action: undo,
      };
    }
    const looks = now.open.filter((each) => each.level === "warning").length;
    if (looks)
      return {
        bubble: "warning",
        count: looks,
        title: counted("panel_looks", looks),
        reason: say("panel_looks_reason"),
        action: undo,
      };
    if (now.setAside)
      return { bubble: "idle", title: say("panel_set_aside"), reason: say("panel_set_aside_reason"), action: undo };
    const ideas = now.open.length;
    if (ideas)
      return {
        bubble: "suggestion",
        count: ideas,
        title: counted("panel_ideas", ideas),
        reason: say("panel_looks_reason"),
        more: ideas === 1 ? now.open[0].message : "",
        action: undo,
      };
    const verdict = now.check.disclosure;
    if (verdict !== "present" && verdict !== "not_required") {
      return { bubble: "idle", title: verdictPhrase(verdict), reason: "", action: undo };
    }
    return { bubble: "fine", title: say("panel_fine"), reason: say(`panel_fine_${verdict}`), action: undo };
  }

  /** What is still true when nothing was checked. @param {string} state */
  function note(state) {
    if (!(state in UNCHECKED) || state === "paused") return "";
    return state === "away"
      ? `${say("panel_post_as_usual")} ${say("panel_start_companion")}`
      : say("panel_post_as_usual");
  }

  /** @param {string} text */
  function firstSentence(text) {
    return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
  }

  return { line, note, leading };
})();
