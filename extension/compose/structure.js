/**
 * What a box is made of, to be told to whoever mends Sayso: the names that LinkedIn gave to its parts and not a word
 * of anybody's. Of what controls say, only words that stand in our own tables are told, and of others their length.
 */
globalThis.SaysoStructure = (() => {
  const L = globalThis.SaysoLinkedIn;
  const NAMES = ["role", "data-testid", "componentkey", "data-sdui-screen", "data-test-modal-id", "contenteditable"];
  const FLAGS = ["open", "disabled", "aria-disabled", "aria-expanded", "aria-haspopup", "aria-modal", "hidden"];
  const MOST_PARTS = 600;

  /** A name as programmers give them, without what could stand for somebody. @param {string} value */
  function name(value) {
    const plain = value
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "*")
      .replace(/\b(urn:li:\w+:)[\w-]+/g, "$1*")
      // Ids of members mix figures and letters of both sizes; names of parts do not.
      .replace(/(?=\w{0,80}\d)(?=\w{0,80}[a-z])(?=\w{0,80}[A-Z])[\w-]{12,}/g, "*")
      .replace(/\d{3,}/g, "#");
    return /^[\w.:*#-]{1,80}$/.test(plain) ? plain : `(${value.length})`;
  }

  /** @param {string} words */
  const said = (words) => (L.KNOWN.some((known) => known.has(words)) ? `"${words}"` : `(${words.length})`);

  /** @param {Element} element */
  function part(element) {
    const marks = NAMES.filter((each) => element.hasAttribute(each)).map(
      (each) => `${each}=${name(element.getAttribute(each) ?? "")}`,
    );
    marks.push(...FLAGS.filter((each) => element.hasAttribute(each)));
    if (element.localName === "svg" && element.id) marks.push(`id=${name(element.id)}`);
    const label = element.getAttribute("aria-label");
    if (label !== null) marks.push(`label=${said(label.trim())}`);
    if (element.matches(L.BUTTON)) marks.push(`says=${said((element.textContent ?? "").trim())}`);
    if (!L.visible(element)) marks.push("unseen");
    return [element.localName, ...marks].join(" ");
  }

  /** Which kind of page it is; never whose. */
  function address() {
    const kinds = [/^\/feed\/$/, /^\/sharing\/compose/, /^\/preload\//, /^\/company\/[^/]+\/admin\b/, /^\/in\//];
    const found = kinds.map((each) => each.exec(location.pathname)?.[0]).find(Boolean);
    return (found ?? "another").replace(/\/company\/[^/]+/, "/company/*");
  }

  /**
   * @param {Element} box
   * @returns {string} one line a part
   */
  function of(box) {
    const browser = /Chrome\/(\d+)/.exec(navigator.userAgent)?.[1] ?? "?";
    const place = [
      window === window.top ? "top" : "frame",
      box.getRootNode() instanceof ShadowRoot ? "shadow root" : "document",
    ];
    const lines = [
      `Sayso ${chrome.runtime.getManifest().version}, Chromium ${browser}`,
      `page ${address()}, language ${name(document.documentElement.lang)}, ${place.join(", ")}`,
    ];
    /** @param {Element} element @param {number} depth */
    const walk = (element, depth) => {
      if (lines.length > MOST_PARTS || element.localName.startsWith("sayso-")) return;
      lines.push(`${" ".repeat(depth)}${part(element)}`);
      // What is written is not looked into at all.
      const shut = `svg, ${L.FIELDS}`;
      if (element.matches(shut)) return;
      for (const child of [...element.children, ...(element.shadowRoot?.children ?? [])]) walk(child, depth + 1);
    };
    walk(box, 0);
    return lines.join("\n");
  }

  return { of };
})();
