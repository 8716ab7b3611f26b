/**
 * Which hosts a push message may be sent to. A subscription's endpoint is whatever a browser, or somebody with an appointment's
 * token, said: without this, a worker could be made to knock on doors inside its own network.
 */
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const inside = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inside.addSubnet(network, prefix, 'ipv6');
}

/** IPv4 addresses written as IPv6 ones count as what they are. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, '');
  const family = isIP(plain);
  return family !== 0 && !inside.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/** Whether the host, if it is an address, is a public one. Names are judged when they are looked up. */
export function mayBePublic(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, '');
  return isIP(plain) === 0 || isPublicAddress(plain);
}

/** `dns.lookup` that finds no host whose addresses aren't all public. It is what connects, so nothing can change in between. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = error ? [] : addresses;
    if (error || !first) {
      callback(error ?? notFound(hostname), '');
    } else if (!addresses.every(({ address }) => isPublicAddress(address))) {
      callback(notFound(hostname), '');
    } else if (options.all) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  });
};

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} is no public host`), { code: 'ENOTPUBLIC' });
}
