import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Where the server of this project listens when nothing else was said. */
const SERVER_URL = process.env["SERVER_URL"] ?? "http://127.0.0.1:8080";

/** All JavaScript that the first screen waits for, compressed: what a slow network carries in two seconds. */
const FIRST_LOAD_MAX_BYTES = 80 * 1024;

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [
    react(),
    lingui({
      macroTransform: true,
      failOnCompileError: true,
      configPath: fileURLToPath(new URL("../../lingui.config.ts", import.meta.url)),
    }),
    limitFirstLoad(),
  ],
  build: { target: ["chrome107", "safari16", "firefox104"], sourcemap: true },
  resolve: {
    alias: [
      // Exactly zod, as core imports it: see light-zod.ts for why.
      { find: /^zod$/, replacement: fileURLToPath(new URL("src/platform/light-zod.ts", import.meta.url)) },
      // React's interface from a library that is a tenth of its size (decision 008).
      { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
      { find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
      { find: /^react(-dom)?$/, replacement: "preact/compat" },
    ],
  },
  worker: { format: "es" },
  server: { port: 5173, proxy: { "/api": { target: SERVER_URL } } },
});

/** Fail the build when the first load outgrows its limit: the entry, what it imports, and one catalogue of each kind. */
function limitFirstLoad(): Plugin {
  return {
    name: "limit-first-load",
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const sizeOf = new Map(chunks.map(({ fileName, code }) => [fileName, gzipSync(code).length]));
      const importsOf = new Map(chunks.map(({ fileName, imports }) => [fileName, imports]));
      const firstLoad = new Set<string>();
      const visit = (fileName: string) => {
        if (firstLoad.has(fileName) || !sizeOf.has(fileName)) return;
        firstLoad.add(fileName);
        for (const one of importsOf.get(fileName) ?? []) visit(one);
      };
      for (const { fileName, isEntry } of chunks) if (isEntry) visit(fileName);
      // The words of the reader's language come with the first screen; Devanagari ones are the largest.
      for (const { fileName, facadeModuleId } of chunks)
        if (facadeModuleId?.endsWith("/mr.po")) visit(fileName);
      const bytes = [...firstLoad].reduce((sum, fileName) => sum + (sizeOf.get(fileName) ?? 0), 0);
      const text = `first load: ${(bytes / 1024).toFixed(1)} KiB of JavaScript, compressed, of at most ${FIRST_LOAD_MAX_BYTES / 1024}`;
      if (bytes > FIRST_LOAD_MAX_BYTES) this.error(text);
      this.info(text);
    },
  };
}
