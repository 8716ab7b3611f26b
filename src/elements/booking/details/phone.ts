/** Turns a phone number as people of a country write it into one that can be called from anywhere. It does not check lengths. */

/** The prefix that a number has within its country only, after an opening bracket if any; a zero for countries not listed. */
const TRUNK: Readonly<Record<string, RegExp>> = {
  '+1': /^1[\s.-]*/,
  '+7': /^8[\s.-]*(?=(?:\D*\d){10}$)/,
  '+36': /(?<=^\(?)06[\s.-]*/,
};
const ZERO = /(?<=^\(?)0[\s.-]*/;
/** Countries whose numbers keep their zero abroad: Italy, Côte d’Ivoire, Benin, Congo, San Marino. */
const KEEPS_ZERO = /^\+(39|225|229|242|378)$/;

/**
 * @param typed any digits, also Arabic ones and those of East Asian keyboards
 * @param prefix of the country to assume where the number names none, such as `+46`; without it, the number stays as it is
 */
export function phoneFrom(typed: string, prefix: string): string {
  const number = typed
    .normalize('NFKC')
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .trim();
  if (!prefix || !/^\(?\d/.test(number)) return number;
  const abroad = prefix === '+1' ? /^011\s*/ : /^00\s*/;
  if (abroad.test(number)) return number.replace(abroad, '+');
  const within = KEEPS_ZERO.test(prefix) ? number : number.replace(TRUNK[prefix] ?? ZERO, '');
  return `${prefix} ${within}`;
}
