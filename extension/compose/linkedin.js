/**
 * How LinkedIn's compose box is known among everything else on its page: the one table of marks, most robust first.
 * Nothing of Sayso. Source: what others have measured on the live page and published, none of it promised by LinkedIn.
 *
 * Each document of LinkedIn's has its own copy of us, and each looks only into its own document and the open shadow
 * roots in it: a box belongs to the copy in whose document its editor stands.
 */
globalThis.SaysoLinkedIn = (() => {
  const DIALOG = 'dialog, [role="dialog"]';
  const BUTTON = 'button, [role="button"]';
  /** The box that is certainly for a post, by its own marks. Most robust first. */
  const SHARE_BOX = [
    '[data-sdui-screen*="sharing.ShareCompose"]',
    '[data-test-modal-id="sharebox"]',
    '[aria-labelledby="share-to-linkedin-modal__header"]',
    ".share-box-v2__modal",
    ".share-creation-state",
  ].join(", ");
  /** Drawings that stand in no other box than this: who will see the post, and when it goes out. */
  const SHARE_DRAWINGS = "svg#visibility-small, svg#clock-medium";
  /** The text editor, most robust first. `certain`: it is the post's editor wherever it stands. */
  const EDITORS = [
    { selector: '[componentkey="ShareBox_textEditor"][contenteditable="true"]', certain: true },
    { selector: '[role="textbox"][contenteditable="true"]', certain: false },
    { selector: '[data-test-ql-editor-contenteditable="true"][contenteditable="true"]', certain: false },
    { selector: '.share-creation-state .ql-editor[contenteditable="true"]', certain: true },
    { selector: '.share-box-v2__modal .ql-editor[contenteditable="true"]', certain: true },
  ];
  /** Anything one could write a post into, understood or not. */
  const FIELDS =
    '[contenteditable="true"], [contenteditable=""], [contenteditable="plaintext-only"], [role="textbox"], textarea';
  const EDITOR_LABELS = new Set([
    "Text editor for creating content",
    "Texteditor zum Erstellen von Inhalten",
    "Éditeur de texte pour créer du contenu",
    "Editor de texto para crear contenido",
  ]);
  /** Editors that are not the post's: chat, comments, articles, Quill's clipboard, hidden frames and copies. */
  const OTHER_EDITORS = [
    '[class^="msg-"], [class*=" msg-"]',
    '[componentkey^="commentBox-"], [class*="comments-comment"]',
    '[aria-label="Text editor for creating comment"], [aria-label="Texteditor zum Erstellen von Kommentaren"]',
    '[data-test-article-editor-content-textbox], [class*="article-editor"]',
    '.ql-clipboard, [aria-hidden="true"], [inert]',
  ].join(", ");
  /** What the button that posts says, whole. Only languages someone has seen. */
  const COMMIT_WORDS = new Set([
    "Post",
    "Schedule",
    "Posten",
    "Veröffentlichen",
    "Planen",
    "Publier",
    "Publicar",
    "Plaatsen",
    "Publicera",
  ]);
  /**
   * Changing a post that is out. Of these others have seen "Save"; all else here is our guess at LinkedIn’s
   * wording in its larger languages; a wrong one matches nothing.
   */
  const EDIT_TITLES = new Set([
    "Edit post",
    ...["Beitrag bearbeiten", "Post bearbeiten"],
    ...["Modifier le post", "Modifier la publication"],
    ...["Editar publicación", "Editar la publicación"],
    ...["Modifica post", "Modifica il post"],
    ...["Bijdrage bewerken", "Post bewerken"],
    ...["Editar publicação", "Editar post"],
    ...["Redigera inlägg", "Edytuj post", "Gönderiyi düzenle", "投稿を編集"],
  ]);
  const SAVE_WORDS = new Set([
    ...["Save", "Speichern", "Enregistrer", "Guardar", "Salva", "Opslaan", "Salvar"],
    ...["Save changes", "Änderungen speichern", "Enregistrer les modifications", "Guardar cambios"],
    ...["Salva modifiche", "Wijzigingen opslaan", "Salvar alterações", "Spara", "Zapisz", "Kaydet", "保存"],
  ]);
  /** Where the classic box lives on the newer feed. */
  const SHADOW_HOSTS = '#interop-outlet, [data-testid="interop-shadowdom"]';
  /** Addresses of the box itself, and of editors for long texts, which are never ours. */
  const COMPOSE = /\/(sharing\/compose|preload\/sharebox)\b/;
  const ARTICLE = /^\/(article|pulse)\//;

  /** Like closest, out of shadow roots too. @param {Element | null} element @param {string} selector */
  function closest(element, selector) {
    while (element) {
      const found = element.closest(selector);
      if (found) return found;
      const root = element.getRootNode();
      element = root instanceof ShadowRoot ? root.host : null;
    }
    return null;
  }

  /** @param {Element | null | undefined} element */
  function visible(element) {
    // A frame that was taken out of its page leaves its nodes behind, connected to each other.
    if (!element?.isConnected || !element.ownerDocument.defaultView) return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 8 && box.height > 4;
  }

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

  const atCompose = () => COMPOSE.test(location.pathname);

  /** Whether the element is of this kind, or holds one that is. @param {Element} element @param {string} selector */
  const has = (element, selector) => element.matches(selector) || Boolean(element.querySelector(selector));

  /** @param {Element} button */
  function wordsOf(button) {
    return (button.textContent ?? "").trim() || (button.getAttribute("aria-label") ?? "").trim();
  }

  /** Whether a button with words on it says one of these. @param {Element} button @param {Set<string>} words */
  function says(button, words) {
    const text = (button.textContent ?? "").trim();
    return Boolean(text) && (words.has(text) || words.has((button.getAttribute("aria-label") ?? "").trim()));
  }

  /** Whether a dialog is called so, by its name or its heading. @param {Element} dialog @param {Set<string>} titles */
  function called(dialog, titles) {
    const root = /** @type {Document | ShadowRoot} */ (dialog.getRootNode());
    const label = dialog.getAttribute("aria-label");
    const named = root.getElementById(dialog.getAttribute("aria-labelledby") ?? "")?.textContent;
    const heading = dialog.querySelector("h1, h2, h3")?.textContent;
    return [label, named, heading].some((each) => titles.has((each ?? "").trim()));
  }

  /** Whether a button has words and no picture, and opens nothing. @param {Element} button */
  function bare(button) {
    if (!(button.textContent ?? "").trim() || button.querySelector("svg, img, li-icon")) return false;
    return !button.closest('[contenteditable], [role="menu"], [role="listbox"], [aria-haspopup], [aria-expanded]');
  }

  /** Whether a button cannot be pressed now. @param {HTMLButtonElement} button */
  const off = (button) => button.disabled || button.getAttribute("aria-disabled") === "true";

  /** Whether a button is the box's own, and not of what opened within it. @param {Element} button @param {Element} box */
  function ownButton(button, box) {
    const around = button.closest(`${DIALOG}, [role="alertdialog"]`);
    return !around || around.contains(box);
  }

  /**
   * The button that posts: by its class, by its exact words, by its shape (it has words and no picture). Of several of
   * that shape the one that says what was said before; then one that cannot be pressed, as this one cannot while nothing
   * is written; then the last.
   * @param {Element} box @param {boolean} [byShape] @param {string} [said]  what it is known to have said
   * @returns {HTMLButtonElement | null}
   */
  function commitButton(box, byShape = true, said = "") {
    const all = /** @type {HTMLButtonElement[]} */ ([...box.querySelectorAll(BUTTON)]);
    const buttons = all.filter((each) => ownButton(each, box) && visible(each));
    const shaped = byShape ? buttons.filter((each) => each.localName === "button" && bare(each)) : [];
    // Above its text the classic box tells in a button of that shape who writes and for whom.
    const text = box.querySelector(".ql-editor");
    return (
      buttons.findLast((each) => each.matches(".share-actions__primary-action")) ??
      buttons.findLast((each) => says(each, COMMIT_WORDS)) ??
      shaped.findLast((each) => wordsOf(each) === said) ??
      shaped.findLast(off) ??
      shaped.findLast((each) => !text || text.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) ??
      null
    );
  }

  /**
   * Whether this box changes a post that is out: by its words. In words unknown only where it held a text as it opened
   * which is that of a post on the page, or, in the newer box, has none of the marks of a new post's.
   * @param {Element} box @param {string} opening  what it held before a key was pressed
   * @param {(text: string) => unknown} posted  finds a post of the person's on the page
   */
  function edits(box, opening, posted) {
    const button = commitButton(box);
    if (called(box, EDIT_TITLES) || (button && says(button, SAVE_WORDS))) return true;
    if (!opening.trim() || !button || says(button, COMMIT_WORDS)) return false;
    const marked = closest(box, SHARE_BOX) || has(box, `.ql-editor, ${SHARE_BOX}, ${SHARE_DRAWINGS}`) || atCompose();
    return !marked || Boolean(posted(opening));
  }

  /** Whether a dialog is for a post, where the editor in it does not tell. @param {Element} box */
  function forPost(box) {
    if (commitButton(box, false)) return true;
    if (!commitButton(box)) return false;
    // Words nobody has told us of. At the address of the box a native dialog is the box; the chat never is one.
    return called(box, EDIT_TITLES) || has(box, SHARE_DRAWINGS) || (box.localName === "dialog" && atCompose());
  }

  /**
   * The composer an editor belongs to; null for every other editor.
   * @param {HTMLElement} editor @param {boolean} certain
   * @returns {{editor: HTMLElement, dialog: HTMLElement} | null}
   */
  function recognise(editor, certain) {
    if (!visible(editor) || closest(editor, OTHER_EDITORS) || ARTICLE.test(location.pathname)) return null;
    const sure = certain || closest(editor, SHARE_BOX) || EDITOR_LABELS.has(editor.getAttribute("aria-label") ?? "");
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
    return has(box, SHARE_BOX) || has(box, SHARE_DRAWINGS) || atCompose() || Boolean(commitButton(box, false));
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
      [...box.querySelectorAll(FIELDS)].some((each) => visible(each) && !closest(each, OTHER_EDITORS));
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

  return {
    DIALOG,
    BUTTON,
    FIELDS,
    COMPOSE,
    KNOWN: [EDITOR_LABELS, COMMIT_WORDS, EDIT_TITLES, SAVE_WORDS],
    atCompose,
    closest,
    visible,
    wordsOf,
    off,
    commitButton,
    edits,
    find,
    findIn,
    shadowRoots,
    suspect,
    unknown,
  };
})();
