/** Findings as the panel shows them: told apart, in a steady order, with the words they are about. Pure functions. */
globalThis.SaysoFindings = (() => {
  const LEVELS = ["required", "warning", "suggestion"];
  /** The page's own scripts can read the panel: what is secret is never repeated there. */
  const SECRET = new Set(["confidential", "personal_data"]);
  /** What is about more of the text than this is about the whole and quotes nothing; in UTF-16 units, as all here. */
  const LONGEST = 160;
  /** Longest words quoted, and how much of the line around them. */
  const LONGEST_QUOTE = 80;
  const AROUND = 24;

  /**
   * Gives each finding a key that stays the same while the person writes elsewhere. What is owed now and was an idea
   * before is another finding: it has its place and its mark anew, and was not dismissed with the other.
   * @param {any[]} findings @param {string} text  the text they are of
   * @returns {any[]}
   */
  function keyed(findings, text) {
    const seen = new Map();
    return findings.map((each) => {
      const about = each.category === "disclosure" ? `${each.rule} ${each.level}` : `${each.rule}\n${text.slice(each.start, each.end)}`;
      const nth = (seen.get(about) ?? 0) + 1;
      seen.set(about, nth);
      return { ...each, key: nth > 1 ? `${about}\n${nth}` : about };
    });
  }

  /**
   * The order to show: what was there keeps its place, what is new comes after the last of its level or worse.
   * @param {string[]} order  keys as shown before @param {any[]} findings  keyed, worst first
   * @returns {string[]}
   */
  function keepOrder(order, findings) {
    const rank = new Map(findings.map((each) => [each.key, LEVELS.indexOf(each.level)]));
    const kept = order.filter((key) => rank.has(key));
    for (const each of findings) {
      if (kept.includes(each.key)) continue;
      const after = kept.findLastIndex((key) => rank.get(key) <= rank.get(each.key));
      kept.splice(after + 1, 0, each.key);
    }
    return kept;
  }

  /** @param {any[]} findings @param {string[]} order */
  function inOrder(findings, order) {
    return [...findings].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  }

  /**
   * The text as it may be quoted, of the same length.
   * @param {string} text @param {any[]} findings  all of it
   */
  function quotable(text, findings) {
    return findings
      .filter((each) => SECRET.has(each.category))
      .reduce((so, { start, end }) => so.slice(0, start) + "•".repeat(end - start) + so.slice(end), text);
  }

  /**
   * The words of the draft a finding is about, with a little of their line.
   * @param {any} finding @param {string} text
   * @returns {{before: string, words: string, after: string} | null} null: nothing to quote, or secret
   */
  function excerpt(finding, text) {
    const words = text.slice(finding.start, finding.end).trim();
    if (!words || SECRET.has(finding.category) || words.length > LONGEST) return null;
    const quoted = shortened(words.split("\n")[0], LONGEST_QUOTE);
    const lead = text.slice(0, finding.start).split("\n").at(-1);
    const trail = text.slice(finding.end).split("\n")[0];
    return {
      before: lead.length > AROUND ? `…${lead.slice(-AROUND).replace(/^\S*\s/, "")}` : lead,
      words: quoted,
      after: quoted === words ? shortened(trail, AROUND, "…") : "…",
    };
  }

  /** As many whole words as there is room for. @param {string} text @param {number} most @param {string} [end] */
  function shortened(text, most, end = "") {
    return text.length > most ? text.slice(0, most).replace(/\s\S*$/, "") + end : text;
  }

  /**
   * How the post begins once a fix is made, where the fix puts something at its beginning.
   * @param {{edits: {start: number, end: number, text: string}[]}} fix @param {string} text
   */
  function preview(fix, text) {
    const first = [...fix.edits].sort((a, b) => a.start - b.start)[0];
    if (!first || first.start > 0 || !first.text.trim()) return null;
    const rest = globalThis.SaysoEditorText.edited(text, fix.edits).slice(first.text.length).trimStart();
    const line = rest.split("\n")[0];
    return {
      before: "",
      added: first.text.trim(),
      after: ` ${shortened(line, 90, "…")}`,
    };
  }

  /**
   * One change for several findings: the best fix of each, those left out that touch one before them.
   * @param {any[]} findings @returns {{start: number, end: number, text: string}[][]}  edits, by finding
   */
  function together(findings) {
    /** @type {{start: number, end: number, text: string}[][]} */
    const all = [];
    for (const { fixes } of findings) {
      const edits = fixes[0]?.edits ?? [];
      const touches = all.flat().some((a) => edits.some((/** @type {any} */ b) => a.start < b.end && b.start < a.end));
      if (edits.length && !touches) all.push(edits);
    }
    return all;
  }

  return { keyed, keepOrder, inOrder, excerpt, preview, quotable, together };
})();
