/** `npm run test:browsers`: as in `npm test`, but no engine may be missing. */
import config from './web-test-runner.config.mjs';

const needed = {
  Firefox: 'Install it (Debian: firefox-esr), or set FIREFOX_PATH.',
  WebKit: 'Install its driver and a display (Debian: webkit2gtk-driver xvfb).',
};
for (const [engine, help] of Object.entries(needed)) {
  const found = config.browsers.some(({ name }) => name.includes(engine));
  if (!found) throw new Error(`${engine} is not there. ${help}`);
}

export default config;
