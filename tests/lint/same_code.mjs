// Says whether each pair of scripts is the same code but for comments and white space: node same_code.mjs FIRST SECOND …
import { readFileSync } from "node:fs";
import { parse } from "acorn";

/** What a script is, without where in the file it stands. @param {string} file */
function meaning(file) {
  const source = readFileSync(file, "utf8");
  const drop = (/** @type {string} */ key, /** @type {any} */ value) =>
    key === "start" || key === "end" ? undefined : typeof value === "bigint" ? String(value) : value;
  // Of the worker and the popup the files are modules, of the compose box scripts.
  const sourceType = /[\\/](compose|ui)[\\/][^\\/]*$/.test(file) ? "script" : "module";
  return JSON.stringify(parse(source, { ecmaVersion: 2024, sourceType }), drop);
}

const files = process.argv.slice(2);
for (let at = 0; at < files.length; at += 2) {
  if (meaning(files[at]) === meaning(files[at + 1])) continue;
  console.error(`${files[at]} is other code once it is packed`);
  process.exitCode = 1;
}
