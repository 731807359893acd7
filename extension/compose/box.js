/**
 * Looking for LinkedIn's compose box among everything else on its page. Nothing of Sayso.
 *
 * Each document of LinkedIn's has its own copy of us, and each looks only into its own document and the open shadow
 * roots in it: a box belongs to the copy in whose document its editor stands.
 */
globalThis.SaysoBox = (() => {
  const L = globalThis.SaysoLinkedIn;
  const { DIALOG, SHARE_BOX, COMPOSE, atCompose, closest, has, visible, commitButton } = L;

  /** The text editor, most robust first. `certain`: it is the post's editor wherever it stands. */
  const EDITORS = [
    { selector: '[componentkey="ShareBox_textEditor"][contenteditable="true"]', certain: true },
    { selector: '[role="textbox"][contenteditable="true"]', certain: false },
    { selector: '[data-test-ql-editor-contenteditable="true"][contenteditable="true"]', certain: false },
    { selector: '.share-creation-state .ql-editor[contenteditable="true"]', certain: true },
    { selector: '.share-box-v2__modal .ql-editor[contenteditable="true"]', certain: true },
  ];
  /** Editors that are not the post's: chat, comments, articles, Quill's clipboard, hidden frames and copies. */
  const OTHER_EDITORS = [
    '[class^="msg-"], [class*=" msg-"]',
    '[componentkey^="commentBox-"], [class*="comments-comment"]',
    '[aria-label="Text editor for creating comment"], [aria-label="Texteditor zum Erstellen von Kommentaren"]',
    '[data-test-article-editor-content-textbox], [class*="article-editor"]',
    '.ql-clipboard, [aria-hidden="true"], [inert]',
  ].join(", ");
  /** Where the classic box lives on the newer feed. */
  const SHADOW_HOSTS = '#interop-outlet, [data-testid="interop-shadowdom"]';
  /** Addresses of editors for long texts, which are never ours. */
  const ARTICLE = /^\/(article|pulse)\//;

  /** Whether this whole frame is out of sight, as LinkedIn's preloaded ones are. */
  function frameHidden() {
    try {
      for (let view = /** @type {Window} */ (window); view !== view.parent; view = view.parent) {
        const frame = view.frameElement;
        if (!frame || !visible(frame) || frame.closest('[aria-hidden="true"], [inert]')) return true;
        const { top, left, bottom, right } = frame.getBoundingClientRect();
        if (bottom <= 0 || right <= 0 || left >= view.parent.innerWidth || top >= view.parent.innerHeight) return true;
      }
      return false;
    } catch {
      return true;
    }
  }

  /** Whether a dialog is for a post, where the editor in it does not tell. @param {Element} box */
  function forPost(box) {
    if (commitButton(box, false)) return true;
    if (!commitButton(box)) return false;
    // Words nobody has told us of. At the address of the box a native dialog is the box; the chat never is one.
    return L.called(box, L.EDIT_TITLES) || has(box, L.SHARE_DRAWINGS) || (box.localName === "dialog" && atCompose());
  }

  /**
   * The composer an editor belongs to; null for every other editor.
   * @param {HTMLElement} editor @param {boolean} certain
   * @returns {{editor: HTMLElement, dialog: HTMLElement} | null}
   */
  function recognise(editor, certain) {
    if (!visible(editor) || closest(editor, OTHER_EDITORS) || ARTICLE.test(location.pathname)) return null;
    const sure = certain || closest(editor, SHARE_BOX) || L.EDITOR_LABELS.has(editor.getAttribute("aria-label") ?? "");
    const dialog = closest(editor, DIALOG);
    if (dialog) return sure || forPost(dialog) ? { editor, dialog: /** @type {HTMLElement} */ (dialog) } : null;
    const framed = window !== window.top && atCompose() && commitButton(document.body);
    if (!sure && !framed) return null;
    // A page or a frame of its own: the smallest box that holds the Post button too.
    const around = (/** @type {boolean} */ byShape) => {
      let box = editor.parentElement;
      while (box && box !== document.body && !commitButton(box, byShape)) box = box.parentElement;
      return box === document.body ? null : box;
    };
    const box =
      around(false) ?? closest(editor, SHARE_BOX) ?? (framed ? document.body : null) ?? (certain ? around(true) : null);
    return box ? { editor, dialog: /** @type {HTMLElement} */ (box) } : null;
  }

  /** @param {ParentNode} root */
  function findIn(root) {
    for (const { selector, certain } of EDITORS) {
      for (const editor of root.querySelectorAll(selector)) {
        const found = recognise(/** @type {HTMLElement} */ (editor), certain);
        if (found) return found;
      }
    }
    return null;
  }

  /** Open shadow roots of the page. @param {boolean} all  every one; else only where a box has been seen to live */
  function* shadowRoots(all) {
    for (const host of document.querySelectorAll(all ? "*" : SHADOW_HOSTS)) if (host.shadowRoot) yield host.shadowRoot;
  }

  /**
   * The box that is open, if any.
   * @param {EventTarget[]} [path]  an event's path: look only around there. Without it: the page and its shadow roots
   */
  function find(path) {
    if (frameHidden()) return null;
    if (!path) {
      let found = findIn(document);
      for (const all of [false, true]) {
        for (const root of found ? [] : shadowRoots(all)) found ??= findIn(root);
      }
      return found;
    }
    const elements = path.filter((each) => each instanceof Element);
    const editor = elements.find((each) => each.getAttribute("contenteditable") === "true");
    const rule = editor && EDITORS.find(({ selector }) => editor.matches(selector));
    const dialog = elements.find((each) => each.matches(DIALOG));
    return (rule && recognise(/** @type {HTMLElement} */ (editor), rule.certain)) ?? (dialog ? findIn(dialog) : null);
  }

  /**
   * Whether something on screen has the look of a box for a post, whether or not it is understood.
   * @param {Element} box
   */
  function suspect(box) {
    if (!visible(box) || closest(box, OTHER_EDITORS) || ARTICLE.test(location.pathname)) return false;
    return has(box, SHARE_BOX) || has(box, L.SHARE_DRAWINGS) || atCompose() || Boolean(commitButton(box, false));
  }

  /**
   * A box that looks like one for a post and is not understood, while none is that is. Asked only when somebody has
   * set out to write one.
   * @returns {Element | null}
   */
  function unknown() {
    if (frameHidden() || find()) return null;
    const roots = [document, ...shadowRoots(true)];
    const all = (/** @type {string} */ selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
    // A frame speaks for itself: the copy of us in it tells.
    if (all("iframe").some((each) => COMPOSE.test(pathOf(each)) && visible(each))) return null;
    const field = (/** @type {Element} */ box) =>
      [...box.querySelectorAll(L.FIELDS)].some((each) => visible(each) && !closest(each, OTHER_EDITORS));
    const dialogs = all(DIALOG).filter((each) => suspect(each) && field(each));
    // The chat, too, is a dialog: what the box's own marks tell counts more than the address.
    const marked = dialogs.find((each) => has(each, SHARE_BOX)) ?? dialogs.find((each) => each.localName === "dialog");
    return marked ?? dialogs[0] ?? all(SHARE_BOX).find((each) => visible(each)) ?? null;
  }

  /** @param {Element} frame */
  function pathOf(frame) {
    const address = frame.getAttribute("src") ?? "";
    return URL.canParse(address, location.href) ? new URL(address, location.href).pathname : "";
  }

  return { find, findIn, suspect, unknown };
})();
