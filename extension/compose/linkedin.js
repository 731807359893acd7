/**
 * How LinkedIn's compose box is known among everything else on its page: the one table of marks, most robust first.
 * Nothing of Sayso. Source: what others have measured on the live page and published, none of it promised by LinkedIn.
 */
globalThis.SaysoLinkedIn = (() => {
  const DIALOG = 'dialog, [role="dialog"]';
  /** The box that is certainly for a post, by its own marks. Most robust first. */
  const SHARE_BOX = [
    '[data-sdui-screen*="sharing.ShareCompose"]',
    '[data-test-modal-id="sharebox"]',
    '[aria-labelledby="share-to-linkedin-modal__header"]',
    ".share-box-v2__modal",
    ".share-creation-state",
  ].join(", ");
  /** The text editor, most robust first. `certain`: it is the post's editor wherever it stands. */
  const EDITORS = [
    { selector: '[componentkey="ShareBox_textEditor"][contenteditable="true"]', certain: true },
    { selector: '[role="textbox"][contenteditable="true"]', certain: false },
    { selector: '[data-test-ql-editor-contenteditable="true"][contenteditable="true"]', certain: false },
    { selector: '.share-creation-state .ql-editor[contenteditable="true"]', certain: true },
    { selector: '.share-box-v2__modal .ql-editor[contenteditable="true"]', certain: true },
  ];
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
  /** Where the classic box lives on the newer feed. */
  const SHADOW_HOSTS = '#interop-outlet, [data-testid="interop-shadowdom"]';

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

  /** @param {Element | null} element */
  function visible(element) {
    if (!element?.isConnected || !element.checkVisibility({ visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 8 && box.height > 4;
  }

  /** Whether this whole frame is out of sight, as LinkedIn's preloaded ones are. */
  function frameHidden() {
    if (window === window.top) return false;
    try {
      return !window.frameElement || !visible(window.frameElement);
    } catch {
      return true;
    }
  }

  /** @param {Element} button */
  function wordsOf(button) {
    return (button.textContent ?? "").trim() || (button.getAttribute("aria-label") ?? "").trim();
  }

  /**
   * The button that posts: by its class, by its exact words, by its shape (the last button of the box that has words
   * and no picture).
   * @param {Element} box @param {boolean} [byShape] @returns {HTMLButtonElement | null}
   */
  function commitButton(box, byShape = true) {
    const buttons = [...box.querySelectorAll("button")].filter(visible);
    return (
      buttons.findLast((each) => each.matches(".share-actions__primary-action")) ??
      buttons.findLast((each) => COMMIT_WORDS.has(wordsOf(each))) ??
      (byShape
        ? buttons.findLast((each) => (each.textContent ?? "").trim() && !each.querySelector("svg, img, li-icon"))
        : null) ??
      null
    );
  }

  /**
   * The composer an editor belongs to; null for every other editor.
   * @param {HTMLElement} editor @param {boolean} certain
   * @returns {{editor: HTMLElement, dialog: HTMLElement} | null}
   */
  function recognise(editor, certain) {
    if (!visible(editor) || closest(editor, OTHER_EDITORS)) return null;
    const sure = certain || closest(editor, SHARE_BOX) || EDITOR_LABELS.has(editor.getAttribute("aria-label") ?? "");
    const dialog = closest(editor, DIALOG);
    if (dialog)
      return sure || commitButton(dialog, false) ? { editor, dialog: /** @type {HTMLElement} */ (dialog) } : null;
    if (!sure) return null;
    // A page or a frame of its own: the smallest box that holds the Post button too.
    for (let box = editor.parentElement; box && box !== document.body; box = box.parentElement) {
      if (commitButton(box, false)) return { editor, dialog: box };
    }
    const box = closest(editor, SHARE_BOX);
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

  return { DIALOG, SHARE_BOX, closest, visible, wordsOf, commitButton, find, findIn, shadowRoots };
})();
