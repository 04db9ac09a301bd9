// What a runtime says of itself, as JSON; node, deno and bun all run this.
import { builtinModules } from "node:module";

const globals = new Set();
for (let holder = globalThis; holder; holder = Object.getPrototypeOf(holder)) {
  for (const name of Object.getOwnPropertyNames(holder)) globals.add(name);
}
const known = process.allowedNodeEnvironmentFlags ?? new Set();
const wanted = ["--experimental-detect-module", "--experimental-strip-types"];
const engine = globalThis.Deno?.version.deno ?? globalThis.Bun?.version ?? process.versions.node;
console.log(
  JSON.stringify({
    path: process.execPath,
    version: engine,
    globals: [...globals],
    modules: builtinModules,
    flags: wanted.filter((flag) => known.has(flag)),
  }),
);
