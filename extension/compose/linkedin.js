/**
 * What LinkedIn's compose box is known by: the one table of marks, most robust first, and its button that posts.
 * Nothing of Sayso. Source: what others have measured on the live page and published, none of it promised by LinkedIn.
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
  /** Anything one could write a post into, understood or not. */
  const FIELDS =
    '[contenteditable="true"], [contenteditable=""], [contenteditable="plaintext-only"], [role="textbox"], textarea';
  const EDITOR_LABELS = new Set([
    "Text editor for creating content",
    "Texteditor zum Erstellen von Inhalten",
    "Éditeur de texte pour créer du contenu",
    "Editor de texto para crear contenido",
  ]);
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
  /** Addresses of the box itself. */
  const COMPOSE = /\/(sharing\/compose|preload\/sharebox)\b/;

  /** Like closest, out of shadow roots too. @param {Element | null} element @param {string} selector */
  function closest(element, selector) {
    while (element) {
      const found = element.closest(selector);
      if (found) return found;
      const root = /** @type {any} */ (element.getRootNode());
      // In a frame a shadow root is one of the frame's own kind.
      element = root.nodeType === Node.DOCUMENT_FRAGMENT_NODE ? (root.host ?? null) : null;
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

  /** Whether a button says that it posts. @param {Element} button */
  const commits = (button) => says(button, COMMIT_WORDS);

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
      buttons.findLast(commits) ??
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
    if (!opening.trim() || !button || commits(button)) return false;
    const marked = closest(box, SHARE_BOX) || has(box, `.ql-editor, ${SHARE_BOX}, ${SHARE_DRAWINGS}`) || atCompose();
    return !marked || Boolean(posted(opening));
  }

  return {
    DIALOG,
    BUTTON,
    SHARE_BOX,
    SHARE_DRAWINGS,
    FIELDS,
    EDITOR_LABELS,
    EDIT_TITLES,
    COMPOSE,
    KNOWN: [EDITOR_LABELS, COMMIT_WORDS, EDIT_TITLES, SAVE_WORDS],
    atCompose,
    closest,
    has,
    visible,
    wordsOf,
    called,
    off,
    commits,
    commitButton,
    edits,
  };
})();
