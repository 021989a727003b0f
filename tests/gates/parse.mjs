// Prints where a classic script uses syntax newer than ES2019, which Chromium 78 reads whole; nothing if nowhere.
import { readFileSync } from "node:fs";
import { parse } from "acorn";

for (const file of process.argv.slice(2)) {
  try {
    parse(readFileSync(file, "utf8"), { ecmaVersion: 2019, sourceType: "script" });
  } catch (refused) {
    console.log(`${file}: ${refused.message}`);
    process.exitCode = 1;
  }
}
