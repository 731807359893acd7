/** Pages that the person proposes to the programme: the companion keeps them. */

import { given, through } from "./through.js";

const told = (/** @type {any} */ proposal) => ({ proposal });

/** The answers to the popup's messages about them. */
export const proposals = {
  "proposals": (/** @type {any} */ { cursor }) =>
    through("GET", `proposals?${new URLSearchParams(given({ cursor }))}`, undefined, (body) => ({
      proposals: body.proposals,
      next: body.next,
    })),

  "propose": (/** @type {any} */ { kind: _, ...fields }) => through("POST", "proposals", given(fields), told),

  "proposal-sent": (/** @type {any} */ { id }) => through("PATCH", `proposals/${id}`, { state: "sent" }, told),

  "remove-proposal": (/** @type {any} */ { id }) => through("DELETE", `proposals/${id}`, undefined, told),
};
