// The moderator's desk: every act through the outbox, one key per main act.

import { forms, live, newOutbox, refreshIn, start, texts } from "./live.js";

const net = document.getElementById("net");
const outbox = newOutbox(() => {
  net.textContent = outbox.waiting.length && outbox.tries ? texts.wait(outbox.waiting.length) : "";
});
outbox.done = () => refreshIn(60);
const refused = document.getElementById("refused");
outbox.failed = (item, body) => {
  refused.textContent = body[live.lang] ?? body.de ?? "";
  refused.hidden = !refused.textContent;
  clearTimeout(refused.timer);
  refused.timer = setTimeout(() => { refused.hidden = true; }, 20000);
  refreshIn(60);
};
forms(outbox, (item, form) => {
  if (form.dataset.clear !== undefined) form.reset();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const proxy = event.key.toLowerCase() === "p" && document.querySelector("[data-keep=proxy]");
  if (proxy) { event.preventDefault(); proxy.open = true; proxy.querySelector("select, input:not([type=hidden])")?.focus(); return; }
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) { event.preventDefault(); button.click(); }
});

start({ pace: 500, hurry: 60 });
