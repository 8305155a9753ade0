import type { Session } from '../../client/session.svelte';
import type { Command } from '../../core/command';
import type { WorldId } from '../../core/scenario';
import { CONTROL_WORDS } from '../../words/panels';

/** Sends the commands of one panel, one after the other, and keeps what has to be said about that in its place. */
export class Sender {
  readonly #session: Session;
  #note = $state<string | null>(null);
  #last: Promise<unknown> = Promise.resolve();

  /** Why the last click was not sent; `null` when it was. */
  readonly note = $derived(this.#note);

  constructor(session: Session) {
    this.#session = session;
  }

  /** Says why nothing was sent, without sending. */
  say(note: string | null): void {
    this.#note = note;
  }

  /**
   * Sends commands until one of them is turned down; whether all were carried out. The second half of a double click
   * counts for nothing, and so does what comes while a long burst is being written.
   */
  send(commands: readonly Command[], worlds?: readonly WorldId[], click?: Event): Promise<boolean> {
    if (click instanceof UIEvent && click.detail > 1) return this.#turnAway(CONTROL_WORDS.doubleClick);
    if (this.#session.progress !== null) return this.#turnAway(CONTROL_WORDS.stillBusy);
    this.#note = null;
    const sent = this.#last.then(() => this.#sendAll(commands, worlds));
    this.#last = sent;
    return sent;
  }

  #turnAway(note: string): Promise<boolean> {
    this.#note = note;
    return Promise.resolve(false);
  }

  async #sendAll(commands: readonly Command[], worlds?: readonly WorldId[]): Promise<boolean> {
    for (const command of commands) {
      if (!(await this.#session.act(command, worlds))) return false;
    }
    return true;
  }
}
