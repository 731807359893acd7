/**
 * A session shown in the browser's side panel: the page gets no element, no mark, and no press is held. What there is to
 * see goes over a port as plain values; each thing one can do goes as a number, and comes back when it is pressed.
 */
globalThis.SaysoBeside = (() => {
  /** How many things to do are kept: those of a few views, as one may be on its way when the next is made. */
  const KEPT = 400;

  class Beside {
    /** @param {any} session */
    constructor(session) {
      this.session = session;
      /** @type {Set<chrome.runtime.Port>} */
      this.ports = new Set();
      /** @type {Map<number, () => void>} */
      this.acts = new Map();
      this.made = 0;
      /** The newest view, packed. @type {any} */
      this.view = null;
      this.join = (/** @type {chrome.runtime.Port} */ port) => this.#joined(port);
      chrome.runtime.onConnect.addListener(this.join);
      // A side panel that is open already comes and joins.
      chrome.runtime.sendMessage({ kind: "draft-here" }).catch(() => {});
    }

    /** @param {chrome.runtime.Port} port */
    #joined(port) {
      this.ports.add(port);
      port.onDisconnect.addListener(() => this.ports.delete(port));
      port.onMessage.addListener(({ run }) => this.acts.get(run)?.());
      if (this.view) port.postMessage({ view: this.view });
    }

    /** @param {object} message */
    #tell(message) {
      for (const port of this.ports) port.postMessage(message);
    }

    /** @param {any} view */
    render(view) {
      this.view = this.#packed(view);
      this.#tell({ view: this.view });
      const old = this.made - KEPT;
      for (const number of this.acts.keys()) if (number < old) this.acts.delete(number);
    }

    /** Plain values, with a number in the place of each function. @param {any} value @returns {any} */
    #packed(value) {
      if (typeof value === "function") {
        this.acts.set((this.made += 1), value);
        return { run: this.made };
      }
      if (Array.isArray(value)) return value.map((each) => this.#packed(each));
      if (typeof value !== "object" || !value) return value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.#packed(each)]));
    }

    /** @param {string} [state] */
    typed(state) {
      if (state) this.#tell({ busy: state });
    }

    /** @param {string} state */
    busy(state) {
      this.#tell({ busy: state });
    }

    moved() {}

    changed() {}

    destroy() {
      chrome.runtime?.onConnect?.removeListener(this.join);
      for (const port of this.ports) port.disconnect();
    }
  }

  return { Beside };
})();
