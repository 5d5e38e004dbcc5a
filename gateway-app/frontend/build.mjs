// Makes what the gateway serves under /admin/assets out of src; --check compares instead.
import { build } from "esbuild";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/main/resources/static/admin/assets");

const built = await build({
  absWorkingDir: here,
  entryPoints: { dashboard: "src/dashboard.js" },
  outdir: target,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  write: false,
});
const styles = await build({
  absWorkingDir: here,
  entryPoints: { dashboard: "src/dashboard.css" },
  outdir: target,
  bundle: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  write: false,
});

const licenses = ["htmx.org", "htmx-ext-sse", "uplot"].map((name) => {
  const at = join(here, "node_modules", name);
  // The extension is a part of htmx, and says its license in a file only.
  const { version, license = "0BSD" } = JSON.parse(readFileSync(join(at, "package.json"), "utf8"));
  let text = "";
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt"]) {
    try {
      text = readFileSync(join(at, file), "utf8").trim();
      break;
    } catch {}
  }
  return `${name} ${version} (${license})\n\n${text}\n`;
});

const files = new Map([
  ["dashboard.js", built.outputFiles[0].text],
  ["dashboard.css", styles.outputFiles[0].text],
  ["icon.svg", readFileSync(join(here, "src/icon.svg"), "utf8")],
  [
    "LICENSES.txt",
    "What is part of dashboard.js and dashboard.css, besides our own (Apache-2.0).\n\n" +
      licenses.join("\n----\n\n"),
  ],
]);

if (process.argv.includes("--check")) {
  for (const [name, text] of files) {
    if (readFileSync(join(target, name), "utf8") !== text) {
      console.error(`${name} is not what the sources make: npm run build`);
      process.exit(1);
    }
  }
} else {
  mkdirSync(target, { recursive: true });
  for (const [name, text] of files) {
    writeFileSync(join(target, name), text);
  }
}
