import { useLingui } from "@lingui/react/macro";
import { Language } from "@ihims/core/languages.ts";

/** Each language by its own name, in its own script: whoever looks for it can read it. */
const OWN_NAMES: Record<Language, string> = { en: "English", hi: "हिन्दी", mr: "मराठी" };

/** The choice of the reader's language, on every page. */
export function LanguageSwitch({ onChange }: { onChange: (language: Language) => void }) {
  const { i18n, t } = useLingui();
  return (
    <label className="ui-language">
      <span className="ui-visually-hidden">{t`Language`}</span>
      <select value={i18n.locale} onChange={(event) => onChange(Language.parse(event.target.value))}>
        {Language.options.map((language) => (
          <option key={language} value={language} lang={language}>
            {OWN_NAMES[language]}
          </option>
        ))}
      </select>
    </label>
  );
}
