import { LanguageSwitch } from "@ihims/ui/LanguageSwitch.tsx";
import { changeLanguage } from "./language.ts";

/** The choice of the reader's language. Where its words cannot be loaded, the language spoken stays. */
export function LanguageChoice() {
  return <LanguageSwitch onChange={(language) => void changeLanguage(language).catch(() => undefined)} />;
}
