/**
 * Text of a rich-text editor as plain text, and back. Knows Quill's and ProseMirror's DOM; nothing of LinkedIn, Sayso.
 *
 * The text is what the editor's own model holds, in UTF-16 units: one block is one line, an empty block an empty line,
 * a `<br>` within a block a line too, a mention its name. Left out: what editors put in for themselves (the `<br>` that
 * keeps a block open, U+FEFF around a cursor or a mention). Kept as they are: emoji, zero-width joiners and spaces, and
 * NBSP, as long as the editor preserves white space, as both do; where it does not, browsers write NBSP for a typed
 * space, and it is read as a space of the same length. Quill composes accents in its model (NFC) and not in its DOM;
 * the DOM's form is what offsets count, so it is kept.
 */
globalThis.SaysoEditorText = (() => {
  const BLOCKS = new Set(["P", "DIV", "LI", "UL", "OL", "BLOCKQUOTE", "PRE", "H1", "H2", "H3", "H4", "H5", "H6"]);
  /** What an editor draws into its own content and is no text. */
  const FURNITURE = ".ProseMirror-widget, .ProseMirror-gapcursor, .ProseMirror-separator, style, script";

  /** @typedef {{node: Text, from: number, at: number, length: number, atom: Element | null}} Piece  `length` units of
   *    the text node from `from` stand in the text from `at`; all of an atom's pieces are one unbreakable thing */
  /** @typedef {{start: number, end: number, place: [Node, number], pieces: Piece[]}} Line */
  /** @typedef {{text: string, lines: Line[]}} Reading */

  /** Every piece of the editor's text with its place. @param {HTMLElement} editor @returns {Reading} */
  function read(editor) {
    const keepsSpaces = /^(pre|break-spaces)/.test(getComputedStyle(editor).whiteSpace);
    /** @type {Line[]} */
    const lines = [];
    let text = "";
    /** @type {Line | null} */
    let line = null;

    /** @param {Node} node @param {number} offset */
    const open = (node, offset) => {
      if (lines.length) text += "\n";
      line = { start: text.length, end: text.length, place: [node, offset], pieces: [] };
      lines.push(line);
    };

    /** @param {Text} node @param {Element | null} atom */
    const take = (node, atom) => {
      const data = keepsSpaces ? node.data : node.data.replaceAll("\u00a0", " ");
      for (const match of data.matchAll(/[^\ufeff]+/g)) {
        line.pieces.push({ node, from: match.index, at: text.length, length: match[0].length, atom });
        text += match[0];
      }
      line.end = text.length;
    };

    /** @param {Node} parent @param {Element | null} atom @param {boolean} inBlock  whether a line is open for it */
    const walk = (parent, atom, inBlock) => {
      parent.childNodes.forEach((node, index) => {
        if (node instanceof Text) {
          if (!inBlock && !node.data.replaceAll("\ufeff", "")) return;
          if (!inBlock) open(parent, index);
          inBlock = true;
          take(node, atom);
        } else if (node instanceof Element) {
          if (node.matches(FURNITURE)) return;
          if (node.tagName === "BR") {
            if (!inBlock) open(parent, index);
            else if (!keepsOpen(node)) open(parent, index + 1);
            inBlock = true;
          } else if (BLOCKS.has(node.tagName)) {
            const holdsBlocks = [...node.children].some((child) => BLOCKS.has(child.tagName));
            if (!holdsBlocks) open(node, 0);
            walk(node, atom, !holdsBlocks);
            inBlock = false;
          } else {
            if (!inBlock) open(parent, index);
            inBlock = true;
            const whole = atom ?? (node.getAttribute("contenteditable") === "false" ? node : null);
            walk(node, whole, true);
          }
        }
      });
    };
    walk(editor, null, false);
    if (!lines.length) open(editor, 0);
    return { text, lines };
  }

  /** Whether this `<br>` only keeps its block open: nothing of the block comes after it. @param {Element} br */
  function keepsOpen(br) {
    if (br.classList.contains("ProseMirror-trailingBreak")) return true;
    /** @type {Node} */
    let node = br;
    while (node.parentNode instanceof Element && !BLOCKS.has(node.parentNode.tagName)) {
      if (node.nextSibling) return false;
      node = node.parentNode;
    }
    let next = node.nextSibling;
    while (next instanceof Text && !next.data.replaceAll("\ufeff", "")) next = next.nextSibling;
    return !next || (next instanceof Element && next.matches(FURNITURE));
  }

  /**
   * The place of an offset in the DOM. Inside an atom it is the place before it, or after it with `after`.
   * @param {Reading} reading @param {number} offset @param {boolean} [after]
   * @returns {[Node, number]}
   */
  function locate(reading, offset, after = false) {
    const line = reading.lines.findLast((each) => each.start <= offset) ?? reading.lines[0];
    const inLine = Math.min(offset, line.end);
    const piece =
      line.pieces.find((each) => inLine < each.at + each.length && inLine >= each.at && (!after || inLine > each.at)) ??
      line.pieces.findLast((each) => each.at + each.length <= inLine) ??
      line.pieces[0];
    if (!piece) return line.place;
    if (!piece.atom) return [piece.node, piece.from + inLine - piece.at];
    const pieces = line.pieces.filter((each) => each.atom === piece.atom);
    const end = pieces.at(-1).at + pieces.at(-1).length;
    const within = inLine > pieces[0].at && inLine < end;
    const index = [...piece.atom.parentNode.childNodes].indexOf(piece.atom);
    return [piece.atom.parentNode, inLine >= end || (within && after) ? index + 1 : index];
  }

  /**
   * A range over text, as it is now: unlike a live one it costs nothing at each key.
   * @param {Reading} reading @param {number} start @param {number} end
   */
  function range(reading, start, end) {
    const [startContainer, startOffset] = locate(reading, start);
    const [endContainer, endOffset] = locate(reading, end, true);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  }

  /** The offset of a place in the DOM; null where it is outside. @param {Reading} reading @param {HTMLElement} editor
   *  @param {Node | null} node @param {number} offset @returns {number | null} */
  function offsetOf(reading, editor, node, offset) {
    if (!node || !editor.contains(node)) return null;
    let found = 0;
    for (const line of reading.lines) {
      const start = document.createRange();
      start.setStart(...line.place);
      if (start.comparePoint(node, offset) < 0) break;
      found = line.start;
      for (const piece of line.pieces) {
        if (piece.node === node) return piece.at + Math.max(0, Math.min(offset - piece.from, piece.length));
        start.setStart(piece.node, piece.from);
        if (start.comparePoint(node, offset) >= 0) found = piece.at + piece.length;
      }
    }
    return found;
  }

  /**
   * The one stretch in which two texts differ, never half a surrogate pair.
   * @param {string} before @param {string} after
   */
  function difference(before, after) {
    const most = Math.min(before.length, after.length);
    let head = 0;
    while (head < most && before[head] === after[head]) head += 1;
    if (head && /[\ud800-\udbff]/.test(before[head - 1])) head -= 1;
    let tail = 0;
    while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
    if (tail && /[\udc00-\udfff]/.test(before.at(-tail))) tail -= 1;
    return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
  }

  /**
   * The same change over whole characters as people see them: browsers select no part of an emoji.
   * @param {string} before @param {{start: number, end: number, text: string}} change
   */
  function widened(before, change) {
    const lineStart = before.lastIndexOf("\n", change.start - 1) + 1;
    const lineEnd = (before.indexOf("\n", change.end) + 1 || before.length + 1) - 1;
    let { start, end } = change;
    for (const { index, segment } of characters.segment(before.slice(lineStart, lineEnd))) {
      const [from, to] = [lineStart + index, lineStart + index + segment.length];
      if (from < change.start && to > change.start) start = from;
      if (from < change.end && to > change.end) end = to;
    }
    return { start, end, text: before.slice(start, change.start) + change.text + before.slice(change.end, end) };
  }
  const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

  /** A text with edits made. @param {string} text @param {{start: number, end: number, text: string}[]} edits */
  function edited(text, edits) {
    return [...edits]
      .sort((a, b) => b.start - a.start || b.end - a.end)
      .reduce((so, edit) => so.slice(0, edit.start) + plain(edit.text) + so.slice(edit.end), text);
  }

  /**
   * Text as editors take it: one kind of line end, and no tabs, which browsers would put in as styled elements.
   * @param {string} text
   */
  function plain(text) {
    return text.replace(/\r\n?/g, "\n").replaceAll("\t", " ");
  }

  /**
   * Whether an atom (a mention) lies in this stretch.
   * @param {Reading} reading @param {number} start @param {number} end
   */
  function holdsAtom(reading, start, end) {
    return reading.lines.some((line) =>
      line.pieces.some((piece) => piece.atom && piece.at < end && piece.at + piece.length > start),
    );
  }

  return { read, range, locate, offsetOf, difference, widened, edited, plain, holdsAtom };
})();
