/** Estimates how far the server's clock is ahead of this machine's, from the times that the server's answers contain. */
export class ServerClock {
  /** Server's clock minus this machine's, in ms. */
  offset = 0;
  #isMeasured = false;

  /**
   * @param serverTime ISO instant at which the server answered
   * @param sentAt when the request left, epoch ms of this machine
   * @param receivedAt when the answer came
   */
  adjust(serverTime: string, sentAt: number, receivedAt: number): void {
    const uncertainty = (receivedAt - sentAt) / 2;
    const measured = Date.parse(serverTime) - (sentAt + uncertainty);
    // Keep an estimate that this answer doesn't contradict: a countdown that never jumps is worth more than a millisecond.
    if (this.#isMeasured && Math.abs(measured - this.offset) <= uncertainty) return;
    this.offset = Math.round(measured);
    this.#isMeasured = true;
  }
}
