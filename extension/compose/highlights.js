/**
 * Marks under words of the draft, by the CSS Custom Highlight API: nothing is put into the editor's DOM. The lines are
 * drawn by marks.css, one name a level and theme; the page can see the names, not what they mean.
 */
globalThis.SaysoHighlights = (() => {
  const T = globalThis.SaysoEditorText;
  const LEVELS = ["required", "warning", "suggestion"];
  /** What is about more of the text than this, in UTF-16 units, is told in the panel and not underlined. */
  const LONGEST = 160;

  /** @param {string} level @param {"light" | "dark"} theme */
  const nameOf = (level, theme) => (theme === "dark" ? `sayso-${level}-dark` : `sayso-${level}`);

  /**
   * Where findings of an older text lie in the present one: before the change as they were, after it moved along;
   * those that the change touches are left out until the next check.
   * @template {{start: number, end: number}} F
   * @param {F[]} findings @param {string} checked @param {string} now @returns {F[]}
   */
  function carried(findings, checked, now) {
    if (checked === now) return findings;
    const change = T.difference(checked, now);
    const moved = change.text.length - (change.end - change.start);
    return findings.flatMap((each) => {
      if (each.end <= change.start) return [each];
      return each.start >= change.end ? [{ ...each, start: each.start + moved, end: each.end + moved }] : [];
    });
  }

  /**
   * Draws these findings and no others.
   * @param {any} reading  of the editor, as it is now
   * @param {{level: string, start: number, end: number}[]} findings  in UTF-16 units of that text
   * @param {"light" | "dark"} theme
   */
  function show(reading, findings, theme) {
    if (!globalThis.CSS?.highlights) return;
    for (const level of LEVELS) {
      const ranges = findings
        .filter(
          (each) =>
            each.level === level &&
            each.end > each.start &&
            each.end - each.start <= LONGEST &&
            each.end <= reading.text.length,
        )
        .map((each) => T.range(reading, each.start, each.end));
      CSS.highlights.delete(nameOf(level, theme === "dark" ? "light" : "dark"));
      if (!ranges.length) {
        CSS.highlights.delete(nameOf(level, theme));
        continue;
      }
      const highlight = new Highlight(...ranges);
      highlight.priority = LEVELS.length - LEVELS.indexOf(level);
      CSS.highlights.set(nameOf(level, theme), highlight);
    }
  }

  /** Takes every mark away. */
  function clear() {
    for (const level of LEVELS) {
      for (const theme of /** @type {const} */ (["light", "dark"]))
        globalThis.CSS?.highlights?.delete(nameOf(level, theme));
    }
  }

  return { show, clear, carried };
})();
