// Times one npm linter on posts:  node time_peer.mjs NAME TEXTS.json
// TEXTS: {warm, posts}. Prints {name, loaded_ms, times}, one time a post; each post is seen once, as a new draft is.
import { readFileSync } from 'node:fs';

const [name, file] = process.argv.slice(2);
const { warm, posts } = JSON.parse(readFileSync(file, 'utf8'));

const makers = {
  async 'harper.js'() {
    const { LocalLinter } = await import('harper.js');
    const { binaryInlined } = await import('harper.js/binaryInlined');
    const linter = new LocalLinter({ binary: binaryInlined });
    await linter.setup();
    return (text) => linter.lint(text, { language: 'plaintext' });
  },
  async alex() {
    const { text } = await import('alex');
    return (post) => text(post).messages;
  },
  async 'write-good'() {
    const { default: writeGood } = await import('write-good');
    return (text) => writeGood(text);
  },
};

const begun = performance.now();
const lint = await makers[name]();
const loaded_ms = performance.now() - begun;
for (const post of warm) await lint(post);
const times = [];
for (const post of posts) {
  const started = performance.now();
  await lint(post);
  times.push(performance.now() - started);
}
console.log(JSON.stringify({ name, loaded_ms, times }));
