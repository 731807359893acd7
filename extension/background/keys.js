/** How the key of a record of the outbox begins, in the extension's local storage. Alone, for the popup to load nothing more. */
export const PREFIX = "share:";
