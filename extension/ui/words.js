/**
 * Sayso's words for people, in the browser's language. Used by the content scripts and the popup.
 * The sentences themselves are in _locales/<language>/messages.json.
 */
globalThis.SaysoWords = (() => {
  /** Own words, from 0 to 1: where a step ends and the next begins. "All yours" leaves room for a name or two. */
  const STEPS = [0.1, 0.4, 0.65, 0.95];

  /**
   * @param {string} key  as in messages.json
   * @param {...(string | number)} values  for $1, $2, …
   * @returns {string} the sentence; empty where the extension was taken away under a page that is still open
   */
  function message(key, ...values) {
    return chrome.runtime?.id ? chrome.i18n.getMessage(key, values.map(String)) : "";
  }

  /** A number as a word, as far as our languages spell it out. @param {number} n */
  function number(n) {
    return message("words_numbers").split(" ")[n - 1] ?? String(n);
  }

  /**
   * A sentence with a number in it: `<key>_one` for one, `<key>_many` otherwise.
   * @param {string} key @param {number} n
   */
  function counted(key, n) {
    return n === 1 ? message(`${key}_one`) : message(`${key}_many`, number(n));
  }

  /** @param {string} verdict  of the disclosure check */
  function verdictPhrase(verdict) {
    return message(`words_verdict_${verdict}`);
  }

  /** @param {number} ownWords  from 0 to 1 @returns {number} from 0, still the template's, to 4, all the person's */
  function ownWordsStep(ownWords) {
    const step = STEPS.findIndex((end) => ownWords < end);
    return step < 0 ? STEPS.length : step;
  }

  /** @param {number} ownWords  from 0 to 1 */
  function ownWordsPhrase(ownWords) {
    return message(`words_own_${ownWordsStep(ownWords)}`);
  }

  /** The language these words come in. @returns {string} */
  function language() {
    return message("words_language") || "en";
  }

  return { message, number, counted, verdictPhrase, ownWordsStep, ownWordsPhrase, language };
})();
