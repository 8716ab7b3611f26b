import { expect } from '@open-wc/testing';
import { phoneFrom } from '../../../../src/elements/booking/details/phone.ts';

describe('a phone number', () => {
  const cases: [prefix: string, typed: string, sent: string][] = [
    ['+46', '070-123 45 67', '+46 70-123 45 67'],
    ['+46', '(070) 123 45 67', '+46 (70) 123 45 67'],
    ['+46', '70 123 45 67', '+46 70 123 45 67'],
    ['+46', '+1 212 555 0100', '+1 212 555 0100'],
    ['+46', '0047 22 00 00 00', '+47 22 00 00 00'],
    ['+1', '(212) 555-0100', '+1 (212) 555-0100'],
    ['+1', '1-212-555-0100', '+1 212-555-0100'],
    ['+1', '011 46 70 123 45 67', '+46 70 123 45 67'],
    ['+7', '8 (912) 345-67-89', '+7 (912) 345-67-89'],
    ['+7', '800 200-30-40', '+7 800 200-30-40'],
    ['+36', '06 30 123 4567', '+36 30 123 4567'],
    ['+39', '06 6982', '+39 06 6982'],
    ['+81', '０９０-1234-5678', '+81 90-1234-5678'],
    ['+20', '٠١٠٠ ١٢٣ ٤٥٦٧', '+20 100 123 4567'],
    ['+46', '', ''],
    ['+46', 'none', 'none'],
    ['', ' 070-123 45 67 ', '070-123 45 67'],
  ];
  for (const [prefix, typed, sent] of cases) {
    it(`“${typed}” where ${prefix || 'no country'} is assumed is “${sent}”, and stays that`, () => {
      expect(phoneFrom(typed, prefix)).to.equal(sent);
      expect(phoneFrom(sent, prefix)).to.equal(sent);
    });
  }
});
