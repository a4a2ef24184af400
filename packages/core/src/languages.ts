import { z } from "zod";

/** The languages that the product speaks, by their BCP 47 codes. English is what a missing name falls back to. */
export const Language = z.enum(["en", "hi", "mr"]);
export type Language = z.infer<typeof Language>;

/** A name in any number of languages, by BCP 47 code; the languages of the map's data, not only those of the product. */
export const Names = z.record(
  z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  z.string().min(1).max(300),
);
export type Names = z.infer<typeof Names>;

/** The best of the reader's languages that the product speaks, from an `Accept-Language` header; `en` when none is. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part, order) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters
        .map((p) => /^\s*q=([01](?:\.\d+)?)\s*$/.exec(p)?.[1])
        .find((q) => q !== undefined);
      return {
        language: tag.trim().slice(0, 2).toLowerCase(),
        quality: quality === undefined ? 1 : Number(quality),
        order,
      };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.order - b.order);
  for (const { language } of wanted) {
    const known = Language.safeParse(language);
    if (known.success) return known.data;
  }
  return "en";
}
