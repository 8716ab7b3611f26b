/** "Dr. Mira Lindqvist" is ML: words that end in a dot are titles. Of the others, the first and the last count. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word) && !word.endsWith('.'));
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) =>
    String.fromCodePoint(word?.codePointAt(0) ?? 0x20),
  );
  return letters.join('').trim().toLocaleUpperCase();
}
