// The map is one stop of the tab key; arrow keys move to the Kreis that lies in that direction.
const map = document.querySelector("svg.map");
const told = document.getElementById("told");
if (map) {
  const links = [...map.querySelectorAll("a")];
  const place = (link) => [Number(link.dataset.x), Number(link.dataset.y)];
  const say = (link) => { if (told) told.textContent = link.querySelector("title").textContent; };
  links.forEach((link, i) => link.setAttribute("tabindex", i === 0 ? "0" : "-1"));
  const go = (link) => {
    links.forEach((other) => other.setAttribute("tabindex", other === link ? "0" : "-1"));
    link.focus();
  };
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  map.addEventListener("keydown", (event) => {
    const here = event.target.closest("a");
    const step = way[event.key];
    if (!here || !step) return;
    event.preventDefault();
    const [x, y] = place(here);
    let best = null, least = Infinity;
    for (const link of links) {
      const [dx, dy] = [place(link)[0] - x, place(link)[1] - y];
      const ahead = dx * step[0] + dy * step[1], aside = Math.abs(dx * step[1]) + Math.abs(dy * step[0]);
      const cost = ahead + 2 * aside;
      if (ahead > 0 && cost < least) { least = cost; best = link; }
    }
    if (best) go(best);
  });
  // A finger covers what it touches: the first tap says the name and offers the way, the second tap goes there.
  if (matchMedia("(pointer: coarse)").matches) {
    let tapped = null;
    map.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || !told || link === tapped) return;
      event.preventDefault();
      tapped?.classList.remove("tapped");
      link.classList.add("tapped");
      tapped = link;
      const way = document.createElement("a");
      way.href = link.getAttribute("href");
      way.textContent = link.querySelector("title").textContent;
      told.replaceChildren(way);
    });
  }
  for (const kind of ["focusin", "mouseover"]) {
    map.addEventListener(kind, (event) => { const link = event.target.closest("a"); if (link) say(link); });
  }
}
