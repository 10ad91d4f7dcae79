// The phone: one task per screen. Without this file the same forms work as plain HTML.

import { forms, live, newOutbox, refreshIn, say, share, start, texts } from "./live.js";

const net = document.getElementById("net");
const pending = new Map();
/** Acts that add something new: their form is empty again at once, so that nobody sends it twice. */
const ADDING = new Set(["add_existing", "open_sheet", "propose_field", "host_note"]);

const outbox = newOutbox(() => show());
outbox.done = (item) => { fold(item); mark(item, texts.sent, "ok"); refreshIn(Math.max(900, share(4)) + Math.random() * 1200, after); };
// Nobody knows this device any more: what waits stays on it, and the page says how to go on.
outbox.unknown = () => location.reload();
outbox.failed = (item, body) => {
  pending.get(item.number)?.remove();
  pending.delete(item.number);
  const text = body[live.lang] ?? body.de ?? "";
  notice(item.shown ? `${text} „${item.shown}“` : text);
  give(item);
};

forms(outbox, (item, form) => {
  if (item.verb === "take_stance" && form.closest("[data-stances]")) { form.closest(".item").remove(); oneByOne(true); }
  if (item.verb === "write_card") { card(item); form.reset(); form.querySelector("textarea")?.focus(); } else status(form, texts.waiting, item);
  if (ADDING.has(item.verb)) form.reset();
  show();
});

/** An answered question folds up, the next one opens when the page is fetched anew. */
function fold(item) {
  const form = pending.get(item.number)?.closest?.("form"), place = form?.closest("details.item");
  if (!place || !["judge_figure", "check_gap"].includes(item.verb)) return;
  for (const field of form.elements) if (field.dataset.touched) return;
  const inside = place.contains(document.activeElement);
  place.open = false;
  const next = [...document.querySelectorAll("#task details.item")].find((each) => each !== place && !each.open && !each.querySelector("summary .ok"));
  if (next && !document.querySelector("#task details.item[open]")) next.open = true;
  if (inside) (next ?? place).querySelector("summary").focus();
}

function show() {
  const count = outbox.waiting.length;
  const offline = count > 0 && outbox.tries > 0;
  net.hidden = !offline;
  const text = offline ? texts.wait(count) : "";
  if (net.textContent !== text) net.textContent = text;
}

/** Put a queued card on top of one's own cards. */
function card(item) {
  const list = document.querySelector("[data-own]");
  if (!list) return;
  const line = document.createElement("li");
  const words = Object.assign(document.createElement("span"), { className: "words", textContent: item.shown });
  const state = Object.assign(document.createElement("span"), { className: "small wait", textContent: texts.waiting });
  line.append(words, state);
  list.prepend(line);
  pending.set(item.number, line);
  const count = document.querySelector("[data-count]");
  if (count) count.textContent = list.children.length;
}

function status(form, text, item) {
  let place = form.querySelector(".state");
  if (!place) { place = Object.assign(document.createElement("p"), { className: "small state" }); place.setAttribute("role", "status"); form.append(place); }
  place.textContent = text;
  pending.set(item.number, place);
}

function mark(item, text, kind) {
  const place = pending.get(item.number);
  if (!place) return;
  const state = place.querySelector?.(".small") ?? place;
  state.textContent = text;
  state.className = `small state ${kind}`;
  if (place.tagName !== "LI") { pending.delete(item.number); } else { place.dataset.done = "1"; }
}

/** After the pieces were fetched anew: cards that still wait go back on top. */
function after() {
  oneByOne();
  for (const [number, place] of [...pending]) if (place.dataset?.done || !place.isConnected) pending.delete(number);
  for (const item of outbox.waiting) if (item.verb === "write_card" && !pending.has(item.number)) card(item);
  const heading = document.querySelector("#task h1")?.textContent ?? "";
  if (heading !== after.heading) { if (after.heading !== undefined) { leftover(); say(texts.step + heading); scrollTo({ top: 0 }); } after.heading = heading; }
}

/** One statement at a time: the one in view stays when the page is fetched anew, the next comes as soon as it is answered. */
let facing = "";
function oneByOne(moved = false) {
  const place = document.querySelector("[data-stances]");
  if (!place) { facing = ""; return; }
  for (const item of outbox.waiting) if (item.verb === "take_stance") place.querySelector(`form[data-of="${item.payload.item}"]`)?.closest(".item").remove();
  const open = [...place.querySelectorAll(".item")];
  const here = open.find((each) => each.querySelector("form")?.dataset.of === facing) ?? open[0];
  for (const each of open) each.classList.toggle("here", each === here);
  facing = here?.querySelector("form")?.dataset.of ?? "";
  const done = place.querySelector("[data-done]");
  done.hidden = open.length > 0;
  if (moved) (here ? here.querySelector(".statement") : done).focus({ preventScroll: true });
}

/** A card that was typed but not handed in when the bell rang can still be handed in. */
const draft = { text: "", phase: "", at: 0 };
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-act=write_card]");
  if (form && event.target.name === "text") Object.assign(draft, { text: event.target.value.trim(), phase: form.querySelector("[name=phase]").value, at: Date.now() });
});
document.addEventListener("submit", (event) => { if (event.target.dataset.act === "write_card") draft.text = ""; });

function leftover() {
  const now = document.querySelector("form[data-act=write_card] [name=phase]")?.value;
  if (!draft.text || now === draft.phase) return;
  const held = { ...draft };
  draft.text = "";
  const place = notice(`${texts.late} „${held.text}“`);
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: texts.hand });
  button.addEventListener("click", () => { outbox.add("write_card", { text: held.text }, held.phase, held.text, held.at); place.remove(); });
  place.append(button);
}

function notice(text) {
  const place = Object.assign(document.createElement("p"), { className: "notice", textContent: text });
  place.setAttribute("role", "alert");
  document.getElementById("task").before(place);
  setTimeout(() => place.remove(), 60000 + Number(document.querySelector("[data-more]")?.dataset.more ?? 0));
  return place;
}

/** Give refused words back to the field they came from, if it is free. */
function give(item) {
  const field = document.querySelector("form[data-act=write_card] textarea");
  if (item.verb === "write_card" && field && !field.value) { field.value = item.shown; field.dataset.touched = "1"; }
}

for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => document.getElementById(button.dataset.close).remove());
}
after.heading = document.querySelector("#task h1")?.textContent ?? "";
for (const item of outbox.waiting) if (item.verb === "write_card") card(item);
show();
oneByOne();
start({ pace: 4000, hurry: 900, after, ignore: ["people"], each: 8, ended });

/** The day is over: first hand in what still waits, then show the way to the minutes. */
function ended() {
  if (!outbox.waiting.length) setTimeout(() => location.reload(), Math.random() * Math.max(300, share(4)));
  else setTimeout(ended, 500);
}

document.body.classList.add("scripted");
document.addEventListener("change", (event) => { const form = event.target.closest("form[data-auto]"); if (form) form.requestSubmit(); });
document.addEventListener("input", (event) => {
  const form = event.target.closest("form.votes"), place = document.querySelector("[data-left-dots]");
  if (!form || !place) return;
  const given = [...form.querySelectorAll("input[type=number]")].reduce((sum, field) => sum + (Number(field.value) || 0), 0);
  const left = Number(place.dataset.leftDots) - given;
  place.textContent = live.lang === "en" ? `${left} dots left` : `noch ${left} Punkte`;
  place.classList.toggle("wait", left < 0);
});

/** A sheet shows what its lever would change in the gap, while the table types. */
let asked = 0;
async function effect(sheet) {
  const lever = sheet.querySelector("select[id^=lever-]"), strength = sheet.querySelector("input[id^=strength-]"), place = sheet.querySelector("[data-effect]");
  if (!lever?.value || !place) return place && (place.textContent = "");
  const mine = ++asked, question = new URLSearchParams({ lever: lever.value, strength: strength.value });
  const answer = await fetch(`${place.dataset.effect}?${question}`).then((told) => told.json()).catch(() => null);
  if (answer && mine === asked) { place.textContent = answer.text; place.classList.toggle("wait", answer.refused); }
}
let pause;
for (const kind of ["input", "change", "toggle"]) {
  document.addEventListener(kind, (event) => {
    const sheet = event.target.closest?.("details.sheet");
    if (!sheet || (kind !== "toggle" && !/^(lever|strength)-/.test(event.target.id))) return;
    clearTimeout(pause);
    pause = setTimeout(() => effect(sheet), 250);
  }, true);
}
for (const sheet of document.querySelectorAll("details.sheet[open]")) effect(sheet);
