/** What a hospital has for its own patients whoever they are, and so does not tell whom it sees. */
const FOR_ALL_AGES: ReadonlySet<string> = new Set(["emergency-medicine", "critical-care", "anaesthesiology"]);

/**
 * Whether a place treats children and nobody else, as far as what it offers tells.
 *
 * @param specialties as its profile has them; none: it does not say, so it may see everybody
 */
export function seesOnlyChildren(specialties: readonly string[]): boolean {
  const own = specialties.filter((id) => !FOR_ALL_AGES.has(id));
  return own.length > 0 && own.every((id) => /^(paediatric|neonatology|child-)/.test(id));
}
