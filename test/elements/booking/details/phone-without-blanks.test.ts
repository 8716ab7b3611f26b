import { expect } from '@open-wc/testing';
import { phoneFrom } from '../../../../src/elements/booking/details/phone.ts';

describe('a phone number without blanks', () => {
  const cases: [prefix: string, typed: string, sent: string][] = [
    ['+46', '0701234567', '+46 701234567'],
    ['+46', '0047220000', '+47220000'],
    ['+1', '12125550100', '+1 2125550100'],
    ['+1', '01146701234567', '+46701234567'],
    ['+7', '89123456789', '+7 9123456789'],
    ['+36', '06301234567', '+36 301234567'],
  ];

  it('loses what is dialled within its country only, or to leave it', () => {
    for (const [prefix, typed, sent] of cases) expect(phoneFrom(typed, prefix), typed).to.equal(sent);
  });

  it('keeps the same digits where they are its own', () => {
    expect(phoneFrom('212 011 0100', '+1')).to.equal('+1 212 011 0100');
    expect(phoneFrom('30 106 0612', '+36')).to.equal('+36 30 106 0612');
    expect(phoneFrom('912 8 345 67 89 01', '+7')).to.equal('+7 912 8 345 67 89 01');
    expect(phoneFrom('8 912 345 67 89 01', '+7'), 'longer than a number of the country').to.equal(
      '+7 8 912 345 67 89 01',
    );
  });
});
