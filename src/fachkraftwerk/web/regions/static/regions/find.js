// Offers names while one types; without script the search page does the same.
const field = document.getElementById("suche");
if (field) {
  const list = document.createElement("datalist");
  list.id = "vorschlaege";
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(`/suche/vorschlaege/?q=${encodeURIComponent(field.value)}`);
      if (!answer.ok) return;
      const { hits } = await answer.json();
      list.replaceChildren(...hits.map(({ key, name }) => new Option(key, name)));
    }, 120);
  });
}
