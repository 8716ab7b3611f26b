import { readFile, writeFile } from 'node:fs/promises';
import webPush from 'web-push';

export interface VapidKeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The demo's own keys, made once and kept in a file beside its data: browsers subscribe with the public one. */
export async function vapidKeysOf(file: string): Promise<VapidKeyPair> {
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) {
    try {
      const { publicKey, privateKey } = JSON.parse(kept) as Partial<VapidKeyPair>;
      if (publicKey && privateKey) return { publicKey, privateKey };
    } catch {
      // Cut off: new ones.
    }
  }
  const keys = webPush.generateVAPIDKeys();
  await writeFile(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}
