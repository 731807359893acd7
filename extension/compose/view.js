/** What the panel shows of a session: one plain value, made anew whenever something has changed. */
globalThis.SaysoView = (() => {
  const { message: say } = globalThis.SaysoWords;
  const Findings = globalThis.SaysoFindings;
  const StateLine = globalThis.SaysoStateLine;
  const { UNCHECKED } = globalThis.SaysoWorker;

  /** What comes many times over and is one thing to the reader: told in one row. */
  const GATHERED = "accessibility";

  /** The checked text without what is secret. @param {any} session */
  const quotable = ({ checkedText, check }) => Findings.quotable(checkedText ?? "", check?.findings ?? []);

  /** Findings one by one, in the order of the panel. @param {any} session */
  function singles(session) {
    const open = session.open();
    const leading = StateLine.leading(open);
    const text = quotable(session);
    return open.map((each) => ({
      ...each,
      led: each === leading,
      excerpt: Findings.excerpt(each, text),
      fixes: each.fixes.map((fix, index) => ({ label: fix.label, run: () => session.mending.fix(each.key, index) })),
      dismiss: () => session.leftOut.add(each),
    }));
  }

  /** Findings as rows, in the order of the panel. @param {any} session */
  function findings(session) {
    const all = singles(session);
    const parts = all.filter((each) => each.category === GATHERED && each.level !== "required");
    if (parts.length < 2) return all;
    const open = session.open().filter((each) => parts.some(({ key }) => key === each.key));
    const mended = Findings.together(open).length;
    const label =
      mended === parts.length ? say("panel_mend_all", mended) : say("panel_mend_some", mended, parts.length);
    const level = parts.some((each) => each.level === "warning") ? "warning" : "suggestion";
    const row = {
      ...parts[0],
      key: `${GATHERED} ${level}`,
      level,
      message: say("panel_listeners", parts.length),
      why: "",
      parts,
      excerpt: null,
      example: null,
      sources: [...new Set(parts.flatMap((each) => each.sources))],
      fixes: mended ? [{ label, run: () => session.mending.fixAll(parts.map(({ key }) => key)) }] : [],
      dismiss: () => session.leftOut.add(...open),
    };
    return all.flatMap((each) => (each === parts[0] ? [row] : parts.includes(each) ? [] : [each]));
  }

  /** The first lines, as a phone and a desktop show them. @param {any} session */
  function glimpse(session) {
    const { check, state } = session;
    const text = quotable(session);
    if (!check?.fold || !text.trim() || UNCHECKED.has(state)) return null;
    const [phone, desktop] = [check.fold.mobile, check.fold.desktop].map((cut) => text.slice(0, cut ?? undefined).trim());
    return { phone, desktop, cutPhone: check.fold.mobile !== null, cutDesktop: check.fold.desktop !== null };
  }

  /** @param {any} session @returns {import("./panel.js").View} */
  function of(session) {
    const { state, check, text, mending, page } = session;
    const empty = !text.trim();
    const rows = findings(session);
    const list = session.offers.rows();
    const required = check?.findings.some((each) => each.level === "required");
    return {
      state,
      disclosure: page && check ? "not_required" : (check?.disclosure ?? ""),
      busy: session.busy,
      theme: session.composer.theme(),
      line: StateLine.line({
        state,
        check: page && check ? { ...check, disclosure: "not_required" } : check,
        page,
        unfit: session.unfit,
        empty,
        open: rows,
        offers: list.length > 0,
        setAside: session.leftOut.keys.size > 0 && required,
        undo: mending.last?.after === text ? () => mending.undo() : null,
        again: () => session.look(true),
      }),
      findings: rows,
      suggestions: {
        heading: say(empty ? "panel_start_from" : "panel_fits"),
        count: say("panel_count", list.length, Math.max(session.offers.total, list.length)),
        list,
      },
      glimpse: glimpse(session),
      left: UNCHECKED.has(state) ? null : session.leftOut.line(),
      own: session.nudge.view(),
      note: session.notice || StateLine.note(state),
    };
  }

  return { of, singles, quotable };
})();
