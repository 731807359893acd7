// Bundles the fixture's page scripts into dist/. Run by `npm run build`; site.py runs it when dist/ is out of date.
import { build } from "esbuild";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

await build({
  absWorkingDir: here,
  entryPoints: { watch: "src/watch.js", site: "src/site.js", preload: "src/preload.js", post: "src/post.js" },
  outdir: "dist",
  bundle: true,
  format: "iife",
  target: "chrome120",
  // Quill and ProseMirror keep their own licence texts; the bundle never leaves this folder.
  legalComments: "none",
  minify: true,
  loader: { ".css": "text" },
  logLevel: "warning",
});
