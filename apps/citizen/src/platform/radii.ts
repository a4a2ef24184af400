/** The radii that are offered, in metres. */
export const RADII_M = [2000, 5000, 10_000, 25_000] as const;
