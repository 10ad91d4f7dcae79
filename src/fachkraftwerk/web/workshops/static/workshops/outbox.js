// Outbox: every act is kept on the device until the server has acknowledged it. Nothing is lost, nothing counts twice.

const WAITS = [1000, 2000, 4000, 8000, 16000];
const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Outbox {
  /** `changed(outbox)` is called whenever something is queued, sent or refused. */
  constructor(name, address, token, changed) {
    Object.assign(this, { name: `workshop:${name}`, address, token, changed, busy: false, tries: 0, refused: [] });
    this.held = this.#read();
    addEventListener("online", () => this.#soon(0));
    addEventListener("storage", (event) => { if (event.key === this.name) this.held = this.#read(); });
    this.#soon(Math.random() * 500);
  }

  get waiting() { return this.held.items; }

  /** Queue an act; returns its item. */
  add(verb, payload, phase, shown = "", written = Date.now()) {
    const item = { number: this.held.next, verb, payload, phase, shown, written };
    this.held.next += 1;
    this.held.items.push(item);
    this.#write();
    this.changed(this);
    this.#soon(0);
    return item;
  }

  #soon(wait) { clearTimeout(this.timer); this.timer = setTimeout(() => this.#send(), wait); }

  async #send() {
    if (this.busy || !this.held.items.length) return;
    this.busy = true;
    const item = this.held.items[0];
    const answer = await this.#post(item);
    this.busy = false;
    if (!answer || answer.status === 429 || answer.status === 408 || answer.status >= 500) return this.#later(answer);
    if (answer.status === 401 && this.unknown) return this.unknown();
    this.tries = 0;
    this.held.items = this.held.items.filter((each) => each.number !== item.number);
    this.#write();
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) this.done?.(item, body); else this.#refuse(item, body, answer.status);
    this.changed(this);
    this.#soon(0);
  }

  #refuse(item, body, status) { this.refused.push({ ...item, body, status }); this.failed?.(item, body, status); }

  #later(answer) {
    const wait = WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    this.changed(this);
    this.#soon((answer?.status === 429 ? 2000 : wait) * (0.5 + Math.random()));
  }

  async #post(item) {
    const { shown, ...message } = item;
    const body = JSON.stringify({ ...message, client: this.held.client, sent: Date.now() });
    const headers = { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json" };
    try {
      return await fetch(this.address, { method: "POST", headers, body, signal: AbortSignal.timeout(8000), credentials: "omit" });
    } catch { return null; }
  }

  #read() {
    try {
      const held = JSON.parse(localStorage.getItem(this.name));
      if (held?.client) return held;
    } catch { /* storage may be forbidden; the act then lives as long as the page */ }
    return { client: random(), next: 1, items: [] };
  }

  #write() { try { localStorage.setItem(this.name, JSON.stringify(this.held)); } catch { /* see above */ } }
}

/** Payload of a form: `text`, `n.card`, `list.order`, `nlist.cards`, `map.dots.12`, `b.on`. The server reads the same names. */
export function payload(form, submitter) {
  const outer = {}, inner = {};
  for (const [full, value] of new FormData(form, submitter)) {
    const [found, name] = full.startsWith("in.") ? [inner, full.slice(3)] : [outer, full];
    if (["csrfmiddlewaretoken", "client", "number", "verb", "seat", "next"].includes(name)) continue;
    if (name === "phase" && form.dataset.act !== "reveal") continue;
    const [kind, key, item] = name.includes(".") ? name.split(".") : ["", name];
    if (kind === "map") (found[key] ??= {})[item] = whole(value) ?? 0;
    else if (kind === "list") { found[key] ??= []; if (value) found[key].push(value); }
    else if (kind === "nlist") { found[key] ??= []; if (Number.isInteger(whole(value))) found[key].push(whole(value)); }
    else if (kind === "b") found[key] = ["1", "true", "on"].includes(value);
    else if (kind === "n") { if (whole(value) !== null) found[key] = whole(value); }
    else found[key] = value;
  }
  return Object.keys(inner).length ? { ...outer, payload: inner } : outer;
}

/** What was typed as a number: 8700, 8.700 and 8,700 alike; null if nothing was typed. Anything else stays, so that the server refuses it with a reason. */
function whole(value) {
  let plain = value.replace(/[\s'’]/g, "");
  if (/^-?\d{1,3}((\.\d{3})+|(,\d{3})+)$/.test(plain)) plain = plain.replace(/[.,]/g, "");
  return /^-?\d{1,11}$/.test(plain) ? Number(plain) : plain || null;
}
