/** What the panel shows of a session: one plain value, made anew whenever something has changed. */
globalThis.SaysoView = (() => {
  const { message: say, ownWordsStep, ownWordsPhrase } = globalThis.SaysoWords;
  const Findings = globalThis.SaysoFindings;
  const StateLine = globalThis.SaysoStateLine;
  const { UNCHECKED } = globalThis.SaysoWorker;

  /** Findings as rows, in the order of the panel. @param {any} session */
  function findings(session) {
    const open = session.open();
    const leading = StateLine.leading(open);
    return open.map((each) => ({
      ...each,
      led: each === leading,
      excerpt: Findings.excerpt(each, session.checkedText ?? ""),
      fixes: each.fixes.map((fix, index) => ({ label: fix.label, run: () => session.fix(each.key, index) })),
      dismiss: () => session.dismiss(each.key),
    }));
  }

  /** Suggestions as rows; one that was used keeps its place while it can be taken back. @param {any} session */
  function suggestions(session) {
    if (UNCHECKED.has(session.state)) return [];
    const { used, text, offered } = session;
    const canUndo = used && text.includes(used.put);
    const list = offered.list.filter((each) => each.variant.id !== used?.offer.variant.id || !canUndo);
    if (canUndo) list.splice(Math.min(used.index, list.length), 0, used.offer);
    return list.map((offer, index) => ({
      key: offer.variant.id,
      title: offer.item.title,
      text: offer.text,
      lang: offer.variant.lang,
      reason: offer.reason,
      category: offer.item.category,
      use: () => session.use(offer, index),
      copy: () =>
        navigator.clipboard.writeText(offer.text).then(
          () => true,
          () => false,
        ),
      undo: canUndo && offer === used.offer ? () => session.undoUse() : null,
    }));
  }

  /** How far the words are the person's, once a ready-made wording was used. @param {any} session */
  function ownWords({ used, check, state }) {
    const share = check?.own_words;
    if (!used || typeof share !== "number" || UNCHECKED.has(state)) return null;
    return { step: ownWordsStep(share), phrase: ownWordsPhrase(share), from: used.offer.item.title };
  }

  /** @param {any} session @returns {import("./panel.js").View} */
  function of(session) {
    const { state, check, text, lastFix } = session;
    const empty = !text.trim();
    const rows = findings(session);
    const list = suggestions(session);
    const required = check?.findings.some((each) => each.level === "required");
    return {
      state,
      disclosure: check?.disclosure ?? "",
      busy: session.busy,
      theme: session.composer.theme(),
      line: StateLine.line({
        state,
        check,
        empty,
        open: rows,
        offers: list.length > 0,
        setAside: session.dismissed.size > 0 && required,
        undo: lastFix?.after === text ? () => session.undoFix() : null,
        again: () => session.look(true),
      }),
      findings: rows,
      suggestions: {
        heading: say(empty ? "panel_start_from" : "panel_fits"),
        count: say("panel_count", list.length, Math.max(session.offered.total, list.length)),
        list,
      },
      own: ownWords(session),
      note: session.notice || StateLine.note(state),
    };
  }

  return { of };
})();
