import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where the server of this project listens when nothing else was said. */
const SERVER_URL = process.env["SERVER_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: import.meta.dirname,
  // The server gives the console out below this path.
  base: "/console/",
  plugins: [
    react(),
    lingui({
      macroTransform: true,
      failOnCompileError: true,
      configPath: fileURLToPath(new URL("../../lingui.config.ts", import.meta.url)),
    }),
  ],
  build: { target: ["chrome107", "safari16", "firefox104"], sourcemap: true },
  // The cookie of the session is the server's, so its host has to be kept.
  server: { port: 5174, proxy: { "/api": { target: SERVER_URL } } },
});
