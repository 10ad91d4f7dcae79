// After the day: what was written on this device and never arrived is shown, so that nobody loses a card.

const place = document.getElementById("left");
const list = place.querySelector("ul");

function texts(name) {
  try { return JSON.parse(localStorage.getItem(name)).items.map((item) => item.shown).filter(Boolean); } catch { return []; }
}

try {
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(`workshop:${place.dataset.left}:`))) {
    for (const text of texts(name)) list.append(Object.assign(document.createElement("li"), { textContent: text }));
  }
} catch { /* storage may be forbidden; then nothing waits in it either */ }
place.hidden = !list.children.length;
