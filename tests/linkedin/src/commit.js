/** The Post button's habits: it follows the editor's model a tick late and is another node once it is enabled. */
import { onPress, options } from "./page.js";

/** The site takes no longer post. */
const LIMIT = 3000;

/**
 * @param {HTMLElement} place where the button lives
 * @param {(enabled: boolean) => HTMLButtonElement} make
 * @param {() => string} read the editor's model text
 * @param {(text: string) => void} commit
 * @param {boolean} [bare] whether it may be pressed without a text, as a reshare may
 * @returns {() => void} to be called after each change of the model
 */
export function commitButton(place, make, read, commit, bare = false) {
  let node = null;
  let pressed = false;

  function show(enabled) {
    const fresh = make(enabled);
    window.fixture.commits.add(fresh);
    onPress(fresh, () => {
      if (fresh.disabled || pressed) return;
      pressed = true;
      fresh.disabled = true;
      commit(read());
    });
    if (node) node.replaceWith(fresh);
    else place.append(fresh);
    node = fresh;
  }

  function follow() {
    const text = read();
    const enabled = (bare || text.trim() !== "") && text.length <= LIMIT;
    if (enabled && node.disabled && options.swap_button) show(true);
    else node.disabled = !enabled;
  }

  show(false);
  const changed = () => setTimeout(() => !pressed && follow(), 0);
  changed.again = () => {
    pressed = false;
    changed();
  };
  return changed;
}
