/**
 * Marks under words of the draft, by the CSS Custom Highlight API: nothing is put into the editor's DOM. The lines are
 * drawn by marks.css, one name a level and theme; the page can see the names, not what they mean.
 */
globalThis.SaysoHighlights = (() => {
  const T = globalThis.SaysoEditorText;
  const LEVELS = ["required", "warning", "suggestion"];
  /** What is about more of the text than this, in UTF-16 units, is told in the panel and not underlined. */
  const LONGEST = 160;

  /** What is drawn now: which words, for which finding. The ranges are live: they follow plain typing by themselves, so
   *  that nothing is to be done at a key. `lines`: where it is underlined. @type {{range: Range, lines: Range[], key: string}[]} */
  let drawn = [];

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

  /** Ranges under one name; none takes it away. @param {string} name @param {AbstractRange[]} ranges @param {number} priority */
  function set(name, ranges, priority) {
    if (!ranges.length) return CSS.highlights.delete(name);
    const highlight = new Highlight(...ranges);
    highlight.priority = priority;
    return CSS.highlights.set(name, highlight);
  }

  /**
   * Draws these findings and no others.
   * @param {any} reading  of the editor, as it is now
   * @param {{key: string, level: string, start: number, end: number}[]} findings  in UTF-16 units of that text
   * @param {"light" | "dark"} theme
   * @param {{open?: string[], behind?: number | null}} [more]  the findings that are spoken of just now, by card or
   *   row; where the fold softens what comes after it
   */
  function show(reading, findings, theme, { open = [], behind = null } = {}) {
    if (!globalThis.CSS?.highlights) return;
    const { text } = reading;
    const shown = findings.filter(({ start, end }) => end > start && end - start <= LONGEST && end <= text.length);
    const worstFirst = LEVELS.flatMap((level) => shown.filter((each) => each.level === level));
    const at = (/** @type {number} */ start, /** @type {number} */ end) => live(T.range(reading, start, end));
    drawn = shown.map((each) => {
      const { key, level, start, end } = each;
      const range = at(start, end);
      const parts = bare(each, worstFirst.slice(0, worstFirst.indexOf(each)));
      // The browser moves each live range at each key: most words need one, not two.
      const whole = parts.length === 1 && parts[0][0] === start && parts[0][1] === end;
      return { key, level, range, lines: whole ? [range] : parts.map(([from, to]) => at(from, to)) };
    });
    // With forced colours it would look selected, and not softer.
    const softens = behind !== null && behind < text.length && !matchMedia("(forced-colors: active)").matches;
    const soft = softens ? [T.range(reading, behind, text.length)] : [];
    for (const each of ["light", "dark"]) {
      const [now, end] = [each === theme, each === "dark" ? "-dark" : ""];
      LEVELS.forEach((level, index) => {
        const own = now ? drawn.filter((/** @type {any} */ each) => each.level === level) : [];
        const priority = 2 * (LEVELS.length - index);
        set(`sayso-${level}${end}`, own.flatMap((each) => each.lines), priority);
        set(`sayso-${level}-on${end}`, own.filter((each) => open.includes(each.key)).map((each) => each.range), priority + 1);
      });
      set(`sayso-behind${end}`, now ? soft : [], 1);
    }
  }

  /**
   * Words of a finding that bear no line yet: one line under another could not be told apart.
   * @param {{start: number, end: number}} finding @param {{start: number, end: number}[]} worse
   * @returns {[number, number][]}
   */
  function bare(finding, worse) {
    /** @type {[number, number][]} */
    let rest = [[finding.start, finding.end]];
    for (const { start, end } of worse) {
      rest = rest.flatMap(([from, to]) => {
        /** @type {[number, number][]} */
        const left = [[from, Math.min(start, to)], [Math.max(end, from), to]];
        return left.filter(([a, b]) => b > a);
      });
    }
    return rest;
  }

  /**
   * The finding under a point of the screen, if its words are marked.
   * @param {number} x @param {number} y @param {HTMLElement} editor @returns {string | null} its key
   */
  function at(x, y, editor) {
    const root = editor.getRootNode();
    const shadowRoots = root instanceof ShadowRoot ? [root] : [];
    const hits = /** @type {any} */ (globalThis.CSS?.highlights)?.highlightsFromPoint?.(x, y, { shadowRoots }) ?? [];
    const ranges = new Set(hits.flatMap((/** @type {any} */ hit) => hit.ranges ?? []));
    return drawn.find(({ lines }) => lines.some((each) => ranges.has(each)))?.key ?? null;
  }

  /** The words of a finding on the screen, line by line; none where they are not marked. @param {string} key */
  function boxes(key) {
    const range = drawn.find((each) => each.key === key)?.range;
    return range ? [...range.getClientRects()].filter((each) => each.width) : [];
  }

  /** Whether the editor put other nodes in the place of marked words: then live ranges are lost. */
  const lost = () => drawn.some(({ range }) => range.collapsed || !range.startContainer.isConnected);

  /** @param {AbstractRange} range */
  function live(range) {
    const made = document.createRange();
    if (range.startContainer.isConnected && range.endContainer.isConnected) {
      made.setStart(range.startContainer, Math.min(range.startOffset, lengthOf(range.startContainer)));
      made.setEnd(range.endContainer, Math.min(range.endOffset, lengthOf(range.endContainer)));
    }
    return made;
  }

  /** @param {Node} node */
  const lengthOf = (node) => (node instanceof CharacterData ? node.length : node.childNodes.length);

  /** Takes every mark away. */
  function clear() {
    drawn = [];
    for (const name of [...(globalThis.CSS?.highlights?.keys() ?? [])]) {
      if (name.startsWith("sayso-")) CSS.highlights.delete(name);
    }
  }

  return { show, clear, carried, at, boxes, lost, live };
})();
