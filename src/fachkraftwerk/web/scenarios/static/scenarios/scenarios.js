// A slider beside every number, and the answer while one moves it. Without script the form does the same by its button.
const form = document.getElementById("szenario");
const place = document.getElementById("antwort");
const beside = document.getElementById("kurz");
let waiting = 0;
let running = null;

function address(path) {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (name !== "dazu" && typeof value === "string") data.append(name, value);
  }
  return `${path}?${data}`;
}

async function ask() {
  running?.abort();
  running = new AbortController();
  place.classList.add("waiting");
  try {
    const answer = await fetch(address(form.dataset.answer), { signal: running.signal });
    if (!answer.ok) return;
    const open = [...place.querySelectorAll("details")].map((one) => one.open);
    place.innerHTML = await answer.text();
    [...place.querySelectorAll("details")].forEach((one, i) => { one.open = open[i] ?? one.open; });
    const short = place.querySelector("[data-kurz]");
    if (short && beside) beside.textContent = short.dataset.kurz;
    history.replaceState(null, "", address(form.getAttribute("action")));
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    return;
  } finally {
    if (!running.signal.aborted) place.classList.remove("waiting");
  }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 40);
}

document.getElementById("sichern")?.addEventListener("submit", (event) => {
  event.target.elements.q.value = address("").slice(1);
});

if (form && place) {
  for (const box of form.querySelectorAll(".dose")) {
    const slider = box.querySelector("input[type=range]");
    const field = box.querySelector("input[name=d]");
    const why = box.querySelector(".why");
    const outside = () => field.value !== "" && (Number(field.value) > Number(slider.max) || Number(field.value) < Number(slider.min));
    const asked = () => { why.hidden = !outside() && !why.querySelector("input").value; };
    slider.hidden = false;
    slider.addEventListener("input", () => { field.value = slider.value; asked(); later(); });
    field.addEventListener("input", () => { slider.value = field.value; asked(); later(); });
  }
  form.addEventListener("change", (event) => {
    // A list that adds by itself would add the first entry an arrow key passes; its button adds.
    if (event.target.matches("select[name=dazu], input[name=region], input[name=name], input[type=range]")) return;
    later();
  });
}
