/** A name as it is written in each of the city's languages: English, Hindi, Marathi. */
export interface Word {
  en: string;
  hi: string;
  mr: string;
}

/** A word from its spellings. Marathi is often spelt as Hindi, and is left out where it is. */
export function word(en: string, hi: string, mr: string = hi): Word {
  return { en, hi, mr };
}

/** Words put together, in each language by its own pattern: `{0}` is the first of them. */
export function compose(pattern: Word, ...parts: readonly Word[]): Word {
  const fill = (language: keyof Word) =>
    pattern[language].replace(/\{(\d)\}/g, (_, place: string) => parts[Number(place)]?.[language] ?? "");
  return { en: fill("en"), hi: fill("hi"), mr: fill("mr") };
}
