/** A word's forms by CLDR plural category; `#` stands for the number. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** For a language: a number, written its way, with the form of the word that goes with it. */
export function plurals(lang: string): (number: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(lang);
  const numbers = new Intl.NumberFormat(lang);
  return (number, forms) => (forms[rules.select(number)] ?? forms.other).replace('#', numbers.format(number));
}
