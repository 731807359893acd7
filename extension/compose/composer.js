/**
 * One open compose box of LinkedIn's: reading it, writing into it, following it, and where a panel can live in it.
 * Knows nothing of Sayso, and what LinkedIn's page looks like only by linkedin.js. Nodes are asked for anew at each
 * use, because LinkedIn replaces them while the box is open.
 */
globalThis.SaysoComposer = (() => {
  const L = globalThis.SaysoLinkedIn;
  const Box = globalThis.SaysoBox;
  const T = globalThis.SaysoEditorText;
  const Urns = globalThis.SaysoUrns;

  class Composer {
    /** @param {HTMLElement} editor @param {HTMLElement} dialog */
    constructor(editor, dialog) {
      this.editor = editor;
      this.dialog = dialog;
      this.composing = false;
      /** Whether somebody else than we changed the text, or may have, since the last change of ours began. */
      this.touched = false;
      /** What LinkedIn's button said while it was surely that. */
      this.said = "";
      /** What was posted from here, until the person writes on. @type {string | null} */
      this.out = null;
      /** Whether the box has closed: what takes its place is another. */
      this.gone = false;
      /** Where the caret was last seen in the text. @type {number | null} */
      this.caret = null;
    }

    /** @returns {"classic" | "sdui"} */
    get kind() {
      return this.editor.matches(".ql-editor") ? "classic" : "sdui";
    }

    /** Whether box and editor are still on screen; takes over what LinkedIn put in their place.
     *  @returns {"here" | "no-editor" | "gone"} */
    present() {
      if (L.visible(this.dialog) && this.dialog.contains(this.editor) && L.visible(this.editor)) return "here";
      const stands = L.visible(this.dialog);
      const root = this.dialog.isConnected ? this.dialog : this.editor.isConnected ? this.editor.getRootNode() : null;
      // While the box stands without its editor, what is over it (media, a time) may have a text field of its own.
      const found = (root && Box.findIn(/** @type {ParentNode} */ (root))) ?? (stands ? null : Box.find());
      // A post is out, and the next one is written: in another box, that is no box built anew.
      const next = found && found.dialog !== this.dialog && this.out !== null && T.read(found.editor).text !== this.out;
      const again = next ? null : found;
      if (again) [this.editor, this.dialog] = [again.editor, again.dialog];
      if (again) return "here";
      return stands ? "no-editor" : "gone";
    }

    /**
     * The person pressed Post, and what LinkedIn does to the text from now on is its own affair.
     * @param {string | null} text  null: it was not taken, and is a draft again
     */
    pressed(text) {
      this.out = text;
      this.touched = true;
    }

    /** Whether it changes a post that is out, instead of making one. @param {string} opening  what it held at first */
    edits(opening) {
      return L.edits(this.dialog, opening, globalThis.SaysoOwnPost.find);
    }

    /** The page that posts, where it is not the person. @returns {{name: string} | null} */
    page() {
      return globalThis.SaysoAuthor.page(this);
    }

    /**
     * The posts this one may be written on: what the box shows below the text, and what the page is of, or was before
     * the box took its address.
     * @returns {string[]}
     */
    reshared() {
      const below = (/** @type {Element} */ each) =>
        !this.editor.contains(each) && this.editor.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
      const shown = [...this.dialog.querySelectorAll("a[href], [data-urn], [data-id]")]
        .filter(below)
        .flatMap((each) => ["href", "data-urn", "data-id"].map((name) => each.getAttribute(name) ?? ""));
      return [...shown, ...Urns.visited()].flatMap((each) => Urns.of(each) ?? []);
    }

    postButton() {
      const button = L.commitButton(this.dialog, true, this.said);
      if (button && L.off(button)) this.said = L.wordsOf(button);
      return button;
    }

    reading() {
      return T.read(this.editor);
    }

    readText() {
      return this.reading().text;
    }

    /** Keeps the caret's place for later; LinkedIn's box loses the focus when a button of ours is pressed. */
    rememberCaret() {
      const selection = this.#selection();
      const at = selection && T.offsetOf(this.reading(), this.editor, selection.focusNode, selection.focusOffset);
      if (at !== null && at !== undefined) this.caret = at;
    }

    focusEditor() {
      this.editor.focus({ preventScroll: true });
    }

    /** Back into the text, the caret where it was: behind a modal question the editor loses its selection. */
    returnToText() {
      this.focusEditor();
      if (this.caret === null) return;
      const reading = this.reading();
      this.#selection().collapse(...T.locate(reading, Math.min(this.caret, reading.text.length)));
    }

    /**
     * Text below what is written, as a paragraph of its own; in place of an empty draft.
     * @param {string} text
     * @param {string} [first]  what has to stand before everything, unless it does already
     * @returns {Promise<{put: string, first: string, after: string} | null>} what was put in below, with the lines
     *   before it, and above, and the text then; null where the editor did not take it
     */
    async insertBelow(text, first = "") {
      const now = this.readText();
      const plain = T.plain(text);
      if (!now.trim()) {
        const put = T.plain(first) + plain;
        return (await this.replaceAll(put)) ? { put, first: "", after: put } : null;
      }
      const label = now.trimStart().startsWith(first.trim()) ? "" : T.plain(first);
      const put = "\n".repeat(2 - /\n{0,2}$/.exec(now)[0].length) + plain;
      const below = { start: now.length, end: now.length, text: put };
      const done = label
        ? await this.applyEdits([{ start: 0, end: 0, text: label }, below])
        : await this.#write(below.start, below.end, put);
      return done ? { put, first: label, after: label + now + put } : null;
    }

    /** @param {string} text @returns {Promise<boolean>} */
    replaceAll(text) {
      return this.#change(T.plain(text));
    }

    /**
     * Edits in UTF-16 units of the present text, as one step.
     * @param {{start: number, end: number, text: string}[]} edits
     */
    async applyEdits(edits) {
      const reading = this.reading();
      const wanted = T.edited(reading.text, edits);
      const { start, end } = T.difference(reading.text, wanted);
      if (!T.holdsAtom(reading, start, end)) return this.#change(wanted);
      // A mention lies between: it would lose its link if it were written over, so each edit is a step.
      for (const edit of [...edits].sort((a, b) => b.start - a.start)) {
        if (!(await this.#write(edit.start, edit.end, T.plain(edit.text)))) return false;
      }
      return true;
    }

    /** Makes the draft this text by the smallest change. @param {string} wanted */
    #change(wanted) {
      const { start, end, text } = T.difference(this.readText(), wanted);
      return this.#write(start, end, text);
    }

    #selection() {
      const root = /** @type {any} */ (this.editor.getRootNode());
      return root.getSelection?.() ?? document.getSelection();
    }

    /**
     * Writes as typing does, the only way that both editors' models notice: a real selection, then insertText.
     * @param {number} start @param {number} end @param {string} text
     * @returns {Promise<boolean>} whether the editor now holds just that; if it made something else of it, it is undone
     */
    async #write(start, end, text) {
      if (this.composing || this.present() !== "here") return false;
      if (start === end && !text) return true;
      this.touched = false;
      const before = this.reading();
      const wanted = before.text.slice(0, start) + text + before.text.slice(end);
      const change = T.widened(before.text, { start, end, text });
      this.focusEditor();
      await this.#select(before, change.start, change.end);
      if (this.composing || this.touched || this.readText() !== before.text) return false;
      document.execCommand(change.text ? "insertText" : "delete", false, change.text);
      if (await this.#holds(wanted)) return this.#kept(start, text);
      if (this.editor.isConnected && !this.touched && this.readText() !== before.text) document.execCommand("undo");
      return false;
    }

    /**
     * Whether the editor takes a text over as its own: it may do something else with it a moment later.
     * What the person types meanwhile ends the watch and is never taken for the editor's doing.
     * @param {string} wanted
     */
    async #holds(wanted) {
      const watch = new AbortController();
      window.addEventListener(
        "beforeinput",
        () => {
          this.touched = true;
        },
        { capture: true, signal: watch.signal },
      );
      let held = this.readText() === wanted;
      for (const wait of [0, 30, 60, 120]) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        if (this.touched) break;
        held = this.present() === "here" && this.readText() === wanted;
        if (held && wait) break;
      }
      watch.abort();
      return held;
    }

    /**
     * Selects text and lets the editor notice: ProseMirror learns of a selection only by the event, and would otherwise
     * put a line end where its own selection was.
     * @param {any} reading @param {number} start @param {number} end
     */
    async #select(reading, start, end) {
      const [from, to] = [T.locate(reading, start), T.locate(reading, end, true)];
      const select = () => this.#selection().setBaseAndExtent(...from, ...to);
      const noticed = new Promise((resolve) => {
        document.addEventListener("selectionchange", resolve, { once: true });
        setTimeout(resolve, 30);
      });
      select();
      await noticed;
      if (from[0].isConnected && to[0].isConnected) select();
    }

    /** @param {number} start @param {string} text */
    #kept(start, text) {
      this.caret = start + text.length;
      return true;
    }

    /** Whether LinkedIn shows itself dark, by the box's own ground. @returns {"light" | "dark"} */
    theme() {
      for (let element = /** @type {Element | null} */ (this.dialog); element; element = element.parentElement) {
        const [red, green, blue, alpha = 1] = (getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? []).map(
          Number,
        );
        if (alpha > 0.5 && blue !== undefined)
          return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
      }
      return "light";
    }

    /**
     * Puts an element of ours into the box: below the text, above the button, never inside the editor.
     * Nothing moves if it is there already.
     * @param {HTMLElement} host
     */
    mount(host) {
      const button = this.postButton();
      /** @type {HTMLElement} */
      let branch = this.editor;
      while (branch.parentElement && branch.parentElement !== this.dialog && !branch.parentElement.contains(button)) {
        branch = branch.parentElement;
      }
      if (!branch.parentElement) return;
      const style = getComputedStyle(branch.parentElement);
      const row =
        style.display.includes("flex") && style.flexDirection.startsWith("row") && style.flexWrap === "nowrap";
      if (row && branch !== this.editor) {
        if (host.parentElement !== branch) branch.append(host);
      } else if (branch.nextElementSibling !== host) {
        branch.after(host);
      }
    }
  }

  /** The open composer. @param {EventTarget[]} [path]  look only around an event's path @returns {Composer | null} */
  function find(path) {
    const found = Box.find(path);
    return found && new Composer(found.editor, found.dialog);
  }

  return { find };
})();
