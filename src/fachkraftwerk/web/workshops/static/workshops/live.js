// The live page: listens for changes, fetches the pieces that changed, keeps what people have typed.

import { Outbox, payload } from "./outbox.js";

export const live = JSON.parse(document.getElementById("live").textContent);
const base = `/werkstatt/live/${live.code}`;
const headers = { Authorization: `Bearer ${live.token}` };
const texts = live.lang === "en"
  ? { wait: (n) => `… waiting (${n}), no network. Nothing is lost.`, sent: "✓ sent", waiting: "… waiting", step: "New step: ", late: "Not handed in yet:", hand: "Hand in now", over: "Connection is back." }
  : { wait: (n) => `… wartet (${n}), kein Netz. Nichts geht verloren.`, sent: "✓ gesendet", waiting: "… wartet", step: "Neuer Schritt: ", late: "Noch nicht abgegeben:", hand: "Noch abgeben", over: "Die Verbindung ist wieder da." };
export { texts };
let version = live.version, offset = 0, step = live.step, due = 0, timer = 0, quiet = 0, current = version;

const delay = (wait) => new Promise((done) => { setTimeout(done, wait); });

/** Start listening. `pace` = milliseconds between two refreshes, `hurry` = longest wait after a new step, `ignore` = what is not shown,
 * `ended` = what to do when the workshop is closed, `each` = milliseconds for every person in the room, so that a large hall asks no more often than a small one. */
export function start({ pace, hurry = 600, after = () => {}, ignore = [], each = 0, ended }) {
  const wanted = (changes) => {
    if (ended && changes.some((change) => change.set.room?.status === "closed")) return ended();
    for (const change of changes) crowd = change.set.people?.joined ?? crowd;
    const keys = new Set(changes.flatMap((change) => [...Object.keys(change.set), ...change.del]));
    for (const key of ignore) keys.delete(key);
    if (!keys.size) return;
    const urgent = ["step", "room", "result"].some((key) => keys.has(key));
    const usual = Math.max(pace, share(each)), soon = Math.max(hurry, share(each) * 0.4);
    refreshIn(urgent ? Math.random() * soon : usual * (0.75 + Math.random() / 2), after);
  };
  listen(wanted);
  setInterval(tick, 500);
  tick();
}

let crowd = 0;

/** Milliseconds when every person in the room gets `each`. */
export const share = (each) => each * crowd;

export function refreshIn(wait, after = () => {}) {
  const at = Date.now() + wait;
  if (timer && due <= at) return;
  clearTimeout(timer);
  due = at;
  timer = setTimeout(async () => { timer = 0; await refresh(after); }, wait);
}

async function refresh(after) {
  try {
    const answer = await fetch(`${base}/parts?client=${live.client}&lang=${live.lang}`, { headers, credentials: "omit", signal: AbortSignal.timeout(8000) });
    if (answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(answer.status);
    const body = await answer.json();
    if (body.version < current) return refreshIn(500, after);
    current = body.version;
    for (const [name, html] of Object.entries({ ...body.parts, ...body.mine })) swap(name, html);
    after();
  } catch { refreshIn(1500 + Math.random() * 2500, after); }
}

const shown = new Map();

/** Replace a piece if it changed; typed text, open details and the focus stay. */
function swap(name, html) {
  const place = document.querySelector(`[data-part="${name}"]`);
  if (!place || shown.get(name) === html) return;
  shown.set(name, html);
  const kept = keep(place);
  place.innerHTML = html;
  restore(place, kept);
}

const nameOf = (field) => field.id || `${field.form?.dataset.act}/${field.form?.dataset.of ?? ""}/${field.name}/${field.type === "radio" || field.type === "checkbox" ? field.value : ""}`;
const fieldsOf = (place) => [...place.querySelectorAll("input:not([type=hidden]), textarea, select")];

function keep(place) {
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const typed = fieldsOf(place).filter((field) => field.dataset.touched).map((field) => [nameOf(field), field.value, field.checked]);
  const open = [...place.querySelectorAll("details[open]")].map((each) => each.dataset.keep ?? each.querySelector("summary")?.textContent);
  return { typed, open, focus: focused && (focused.name ? nameOf(focused) : focused.dataset.key ?? focused.textContent), at: focused?.selectionStart };
}

function restore(place, kept) {
  for (const [name, value, checked] of kept.typed) {
    const field = fieldsOf(place).find((each) => nameOf(each) === name);
    if (!field) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = checked; else field.value = value;
    field.dataset.touched = "1";
  }
  for (const each of place.querySelectorAll("details")) if (kept.open.includes(each.dataset.keep ?? each.querySelector("summary")?.textContent)) each.open = true;
  if (!kept.focus) return;
  const target = [...place.querySelectorAll("input, textarea, select, button, summary, a")]
    .find((each) => (each.name ? nameOf(each) : each.dataset.key ?? each.textContent) === kept.focus);
  target?.focus({ preventScroll: true });
  try { if (kept.at !== undefined && target) target.setSelectionRange(kept.at, kept.at); } catch { /* not a text field */ }
}

document.addEventListener("input", (event) => { event.target.dataset.touched = "1"; event.target.dataset.at = Date.now(); });
for (const place of document.querySelectorAll("[data-part]")) shown.set(place.dataset.part, null);

async function listen(wanted) {
  let fails = 0;
  for (;;) {
    try { await stream(wanted); fails = 0; } catch { fails += 1; }
    // The equal second path: ask with the last number.
    for (let turn = 0; turn < Math.min(1 + fails, 5); turn += 1) {
      await delay(fails ? 1500 + Math.random() * 1500 : Math.random() * 400);
      try { await poll(wanted); } catch { /* the next turn tries again */ }
    }
  }
}

async function stream(wanted) {
  const stop = new AbortController();
  let seen = Date.now();
  const watch = setInterval(() => { if (Date.now() - seen > 40000) stop.abort(); }, 5000);
  try {
    const answer = await fetch(`${base}/stream?since=${version}`, { headers, credentials: "omit", signal: stop.signal });
    if (answer.status === 401) location.reload();
    if (!answer.ok) throw new Error(answer.status);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ;) {
      const { value, done } = await reader.read();
      if (done) return;
      seen = Date.now();
      const frames = (rest + value).split("\n\n");
      rest = frames.pop();
      for (const frame of frames) take(frame, wanted);
    }
  } finally { clearInterval(watch); stop.abort(); }
}

function take(frame, wanted) {
  const line = frame.split("\n").find((each) => each.startsWith("data: "));
  if (!line) return;
  const data = JSON.parse(line.slice(6));
  if (data.now) { offset = data.now - Date.now(); return; }
  version = data.version;
  wanted([data]);
}

async function poll(wanted) {
  const answer = await fetch(`${base}/state?since=${version}`, { headers, credentials: "omit", signal: AbortSignal.timeout(8000) });
  if (!answer.ok) throw new Error(answer.status);
  const body = await answer.json();
  offset = body.now - Date.now();
  version = body.version;
  wanted(body.changes);
}

/** Countdown on the clock of the server. */
function tick() {
  for (const place of document.querySelectorAll("[data-ends]")) {
    const target = document.getElementById("clock") ?? place;
    const more = Number(document.querySelector("[data-more]")?.dataset.more ?? 0);
    const left = Math.round((Number(place.dataset.ends) + more - Date.now() - offset) / 1000);
    const text = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : place.dataset.over ?? "0:00";
    const full = left > 0 && place.dataset.left ? `${place.dataset.left} ${text}` : text;
    if (target.textContent !== full) target.textContent = full;
  }
  if (!document.querySelector("[data-ends]") && document.getElementById("clock")) document.getElementById("clock").textContent = "";
}

/** Say something to screen readers, at most every five seconds. */
export function say(text) {
  const place = document.getElementById("live-region");
  const wait = Math.max(0, quiet - Date.now());
  quiet = Date.now() + wait + 5000;
  setTimeout(() => { place.textContent = text; }, wait);
}

/** Send forms through the outbox. `queued(item, form)` may show the item at once. */
export function forms(outbox, queued) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.act || event.defaultPrevented) return;
    event.preventDefault();
    const words = form.querySelector("textarea[name=text], input[name=text], input[name=title]");
    const item = outbox.add(form.dataset.act, payload(form, event.submitter), form.querySelector("[name=phase]")?.value ?? "", words?.value.trim() ?? "");
    for (const field of form.elements) delete field.dataset?.touched;
    queued(item, form);
  });
}

export function newOutbox(changed) {
  return new Outbox(`${live.code}:${live.seat ?? live.client}`, `${base}/acts`, live.token, changed);
}

export const currentStep = () => step;
export const setStep = (key) => { step = key; };
