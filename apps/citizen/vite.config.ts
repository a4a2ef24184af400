import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type Rolldown } from "vite";

/** Where the server of this project listens when nothing else was said. */
const SERVER_URL = process.env["SERVER_URL"] ?? "http://127.0.0.1:8080";

/** All JavaScript that the first screen waits for, compressed: what a slow network carries in two seconds. */
const FIRST_LOAD_MAX_BYTES = 80 * 1024;

/** Its address never changes: the browser asks it whether there is another build. */
const SERVICE_WORKER = "sw.js";
/** All styles that the first screen waits for, compressed. */
const FIRST_STYLES_MAX_BYTES = 20 * 1024;

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
    installable(),
  ],
  build: {
    target: ["chrome107", "safari16", "firefox104"],
    sourcemap: true,
    rolldownOptions: {
      input: {
        index: fileURLToPath(new URL("index.html", import.meta.url)),
        sw: fileURLToPath(new URL("src/service-worker.ts", import.meta.url)),
      },
      output: {
        entryFileNames: ({ name }) => (name === "sw" ? SERVICE_WORKER : "assets/[name]-[hash].js"),
      },
    },
  },
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

/** What the service worker does not keep from the first visit on: the map is large, and needs the ground that it stands on. */
const KEPT_LATER = /maplibre|CityMap|draw-map/;
const KEPT_FILE = /\.(js|css|html|svg)$|noto-sans-(latin|devanagari)-wght-.*\.woff2$/;
const KEPT_OF_PUBLIC = ["icon.svg", "icon-192.png", "manifest.webmanifest"];

/** Write into the service worker what the app is made of. What has no hash in its name has one of its content beside it. */
function installable(): Plugin {
  return {
    name: "installable",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const worker = bundle[SERVICE_WORKER];
        if (worker?.type !== "chunk") return this.error(`there is no ${SERVICE_WORKER}`);
        const built = Object.values(bundle)
          .filter(({ fileName }) => KEPT_FILE.test(fileName) && !KEPT_LATER.test(fileName))
          .filter(({ fileName }) => fileName !== SERVICE_WORKER)
          .map((file) => ({
            url: `/${file.fileName}`,
            revision: file.fileName.startsWith("assets/")
              ? null
              : hashOf(file.type === "chunk" ? file.code : file.source),
          }));
        const others = KEPT_OF_PUBLIC.map((name) => ({
          url: `/${name}`,
          revision: hashOf(readFileSync(`${import.meta.dirname}/public/${name}`)),
        }));
        const files = JSON.stringify(JSON.stringify([...built, ...others]));
        const written = worker.code.replace(/["'`]__FILES_OF_THE_APP__["'`]/, () => files);
        if (written === worker.code)
          return this.error(`${SERVICE_WORKER} has no place for the list of files`);
        if (worker.imports.length > 0) return this.error(`${SERVICE_WORKER} has to be one file`);
        worker.code = written;
      },
    },
  };
}

function hashOf(content: string | Uint8Array): string {
  return hash("sha256", content, "base64url").slice(0, 12);
}

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
      for (const { fileName, isEntry } of chunks) if (isEntry && fileName !== SERVICE_WORKER) visit(fileName);
      // The words of the reader's language come with the first screen; Devanagari ones are the largest.
      for (const { fileName, facadeModuleId } of chunks)
        if (facadeModuleId?.endsWith("/mr.po")) visit(fileName);
      const bytes = [...firstLoad].reduce((sum, fileName) => sum + (sizeOf.get(fileName) ?? 0), 0);
      const text = `first load: ${(bytes / 1024).toFixed(1)} KiB of JavaScript, compressed, of at most ${FIRST_LOAD_MAX_BYTES / 1024}`;
      if (bytes > FIRST_LOAD_MAX_BYTES) this.error(text);
      this.info(text);
      const styles = [...firstLoad].flatMap((fileName) => stylesOf(bundle[fileName]));
      const styleBytes = styles.reduce((sum, fileName) => sum + compressedBytes(bundle[fileName]), 0);
      const ofStyles = `first load: ${(styleBytes / 1024).toFixed(1)} KiB of styles, compressed, of at most ${FIRST_STYLES_MAX_BYTES / 1024}`;
      if (styleBytes === 0 || styleBytes > FIRST_STYLES_MAX_BYTES) this.error(ofStyles);
      this.info(ofStyles);
    },
  };
}

type Built = Rolldown.OutputBundle[string] | undefined;

/** The style sheets that come with a chunk, as Vite notes them. */
function stylesOf(file: Built): string[] {
  return file?.type === "chunk" ? [...(file.viteMetadata?.importedCss ?? [])] : [];
}

function compressedBytes(file: Built): number {
  return file?.type === "asset" ? gzipSync(file.source).length : 0;
}
