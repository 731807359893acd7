// Makes scripts and styles small with esbuild. Standard input says what, as JSON; standard output is what came of it:
//   {folder, target, modules: [name], scripts: {name: code}, styles: {name: code}}
//   → {made: {name: code}, used: [name]}
// A module is made one file with all that it imports; `used` names every module that went into one.
import { readFileSync } from "node:fs";
import { build, transform } from "esbuild";

const { folder, target, modules, scripts, styles } = JSON.parse(readFileSync(0, "utf8"));
const how = { minify: true, charset: "utf8", legalComments: "none", target, logLevel: "silent" };

const made = {};
const used = new Set();
try {
  for (const name of modules) {
    const { outputFiles, metafile } = await build({
      ...how,
      absWorkingDir: folder,
      entryPoints: [name],
      bundle: true,
      format: "esm",
      metafile: true,
      write: false,
    });
    made[name] = outputFiles[0].text;
    for (const input of Object.keys(metafile.inputs)) used.add(input);
  }
  for (const [loader, files] of [["js", scripts], ["css", styles]]) {
    for (const [name, code] of Object.entries(files)) {
      made[name] = (await transform(code, { ...how, loader, sourcefile: name })).code;
    }
  }
  process.stdout.write(JSON.stringify({ made, used: [...used] }));
} catch (fault) {
  for (const { text, location } of fault.errors ?? [{ text: String(fault) }]) {
    console.error(location ? `${location.file}:${location.line}: ${text}` : text);
  }
  process.exitCode = 1;
}
