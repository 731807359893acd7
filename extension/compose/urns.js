/** LinkedIn's posts by their names (URNs): in addresses, in attributes, and in what the page was before. */
globalThis.SaysoUrns = (() => {
  const { COMPOSE } = globalThis.SaysoLinkedIn;

  /** In an address, or by itself. */
  const POST = /(?:^|\/)urn:li:(share|activity|ugcPost):(\d{5,20})|\/posts\/[^/?#]*-(share|activity|ugcPost)-(\d{5,20})/;
  /** A post's share and its activity are made within this time, in ms. */
  const SAME_POST = 5000;

  /** The post that an address leads to, or that a name is of. @param {string} address @returns {string | null} */
  function of(address) {
    const found = POST.exec(address.replace(/%3a/gi, ":"));
    return found && `urn:li:${found[1] ?? found[3]}:${found[2] ?? found[4]}`;
  }

  /** The higher it is, the newer the post. @param {string} urn */
  const number = (urn) => BigInt(urn.split(":")[3]);

  /** The moment a post was made in, which its number holds, in ms since 1970. @param {string} urn */
  const made = (urn) => Number(number(urn) >> 22n);

  /** Whether two names are of one post: its share and its activity bear different numbers. @param {string} a @param {string} b */
  const same = (a, b) => a === b || Math.abs(made(a) - made(b)) < SAME_POST;

  /** Addresses of the outermost page: its own, and the one before where its own is now the box's. @returns {string[]} */
  function visited() {
    try {
      const { location: now, navigation } = /** @type {any} */ (window.top);
      const before = COMPOSE.test(now.pathname) && navigation?.entries()[navigation.currentEntry.index - 1]?.url;
      return [now.href, before || ""];
    } catch {
      // The page around is another site's.
      return [];
    }
  }

  return { of, number, same, visited };
})();
