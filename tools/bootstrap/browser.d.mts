/** A browser of the Chromium family that runs here, or `undefined`. */
export function findBrowser(): Promise<string | undefined>;
