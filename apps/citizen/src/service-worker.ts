import { createHandlerBoundToURL, precacheAndRoute, cleanupOutdatedCaches } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";

/** The build writes what the app is made of in here: `{url, revision}` each, as JSON. */
const FILES = "__FILES_OF_THE_APP__";
/** What is large and not always needed, as the map: kept once it was opened, until the next build. */
const LATER = "later";
/** Addresses that are somebody else's than the app's. */
const NOT_THE_APP = [/^\/(api|console|docs|fhir|have|hsds|alerts\.cap|healthz|readyz|metrics)\b/];

/** The part of a service worker's scope that is used here: the types of pages do not know it. */
interface WorkerScope {
  readonly caches: CacheStorage;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: "install" | "activate",
    listen: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
}
// This file runs as a service worker and nowhere else.
const worker = globalThis as unknown as WorkerScope;

// As the build writes it.
precacheAndRoute(JSON.parse(FILES) as { url: string; revision: string | null }[]);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: NOT_THE_APP }));
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/assets/"),
  new CacheFirst({ cacheName: LATER }),
);

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) =>
  event.waitUntil(Promise.all([worker.caches.delete(LATER), worker.clients.claim()])),
);
