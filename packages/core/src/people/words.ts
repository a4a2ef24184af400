import type { Language } from "../languages.ts";

// A table, one wording a line.
// oxfmt-ignore
const CODE: Record<Language, string> = {
  en: "{0} is your code for {1}. It is valid for {2} minutes. Give it to nobody.",
  hi: "{1} के लिए आपका कोड {0} है। यह {2} मिनट तक मान्य है। इसे किसी को न बताएँ।",
  mr: "{1} साठी आपला कोड {0} आहे. तो {2} मिनिटे वैध आहे. तो कोणालाही सांगू नका.",
};

/**
 * The message that carries a one-time code.
 *
 * @param host of the web application, so that the browser there can offer to fill the code in (WICG
 *   Origin-bound one-time codes: the last line); undefined where it is not known
 */
export function codeInWords(
  code: string,
  { city, minutes, lang, host }: { city: string; minutes: number; lang: Language; host: string | undefined },
): string {
  const words = [code, city, String(minutes)].reduce(
    (text, value, place) => text.replaceAll(`{${place}}`, () => value),
    CODE[lang],
  );
  return host === undefined ? words : `${words}\n\n@${host} #${code}`;
}
