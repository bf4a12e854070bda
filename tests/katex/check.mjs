// Sets every line of standard input with KaTeX (strict, errors thrown); names the lines that it refuses and exits 1.
import katex from "katex";
import { readFileSync } from "node:fs";

let refused = 0;
for (const line of readFileSync(0, "utf8").split("\n").filter((text) => text.trim())) {
  try {
    katex.renderToString(line, { displayMode: true, throwOnError: true, strict: "error" });
  } catch (error) {
    refused += 1;
    console.log(`${line}\n    ${error.message}`);
  }
}
process.exit(refused ? 1 : 0);
