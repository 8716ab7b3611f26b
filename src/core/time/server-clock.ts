/** Estimates how far the server's clock is from this machine's, from the times that answers carry. */
export class ServerClock {
  /** Server's clock minus this machine's, in ms. */
  offset = 0;
  #known = false;

  /**
   * @param serverTime ISO instant at which the server answered
   * @param sentAt when the request left, epoch ms of this machine
   * @param receivedAt when the answer came
   */
  learn(serverTime: string, sentAt: number, receivedAt: number): void {
    const uncertainty = (receivedAt - sentAt) / 2;
    const measured = Date.parse(serverTime) - (sentAt + uncertainty);
    // An estimate that this answer doesn't contradict stays: a steady clock is worth more than the last millisecond.
    if (this.#known && Math.abs(measured - this.offset) <= uncertainty) return;
    this.offset = Math.round(measured);
    this.#known = true;
  }
}
