/** A command of @web/test-runner that presses keys together, as WebDriver sessions can't hold one down with `sendKeys`. */
export function chordPlugin() {
  return {
    name: 'chord',
    async executeCommand({ command, payload: keys, session: { browser, id } }) {
      if (command !== 'chord') return undefined;
      if (browser.type === 'webdriver') {
        await browser.sendKeys(id, keys);
      } else {
        const { keyboard } = browser.getPage(id);
        for (const key of keys) await keyboard.down(key);
        for (const key of [...keys].reverse()) await keyboard.up(key);
      }
      return true;
    },
  };
}
