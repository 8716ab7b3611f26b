export interface TapResult {
  passed: number;
  failed: number;
  /** The failures to show: each assertion, followed by its diagnostics. */
  problems: string[];
}

/** Counts the assertions of one stream of TAP (Test Anything Protocol), as pgTAP writes it. */
export class TapCounter {
  #passed = 0;
  #failed = 0;
  #planned: number | null = null;
  #problems: string[] = [];
  #explaining = false;

  /** Reads one or several lines and ignores lines that are not TAP (results of other statements). */
  read(text: string): void {
    for (const line of text.split('\n')) this.#readLine(line);
  }

  /** Records that an error ended the stream. */
  abort(reason: string): void {
    this.#fail(reason.split('\n'));
    // Assertions that the plan misses now are a consequence of the error, not further failures.
    this.#planned = null;
  }

  finish(): TapResult {
    const run = this.#passed + this.#failed;
    if (this.#planned !== null && this.#planned !== run) {
      this.#fail([`planned ${this.#planned} assertions, ran ${run}`]);
    } else if (run === 0) {
      this.#fail(['no assertion ran']);
    }
    return { passed: this.#passed, failed: this.#failed, problems: this.#problems };
  }

  #readLine(line: string): void {
    const plan = /^1\.\.(\d+)/.exec(line);
    if (plan) this.#planned = Number(plan[1]);
    else if (/^ok\b/.test(line) || /^not ok\b.*# TODO\b/i.test(line)) this.#pass();
    else if (/^not ok\b/.test(line)) this.#fail([line]);
    else if (this.#explaining && line.startsWith('#')) this.#problems.push(line);
  }

  #pass(): void {
    this.#passed += 1;
    this.#explaining = false;
  }

  #fail(lines: string[]): void {
    this.#failed += 1;
    this.#problems.push(...lines);
    this.#explaining = true;
  }
}
