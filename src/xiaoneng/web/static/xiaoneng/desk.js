/* The desk by keyboard: Ctrl K opens the palette; j and k walk a list of matters while the focus is in it. */
const palette = document.getElementById("palette");
const find = document.getElementById("palette-find");
const links = () => [...palette.querySelectorAll("li:not([hidden]) a")];

const open = () => {
  palette.showModal();
  find.value = "";
  sift();
  find.focus();
};

const sift = () => {
  const wanted = find.value.trim().toLowerCase();
  for (const item of palette.querySelectorAll("li")) item.hidden = !item.textContent.toLowerCase().includes(wanted);
};

const step = (among, by) => {
  const at = among.indexOf(document.activeElement);
  among[Math.max(0, Math.min(among.length - 1, at + by))]?.focus();
};

for (const button of document.querySelectorAll("[data-palette]")) {
  button.hidden = false;
  button.addEventListener("click", open);
}

find.addEventListener("input", sift);
find.addEventListener("keydown", (event) => {
  if (event.key === "Enter") links()[0]?.click();
});
palette.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  step(links(), event.key === "ArrowDown" ? 1 : -1);
});

addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    open();
  }
});

for (const list of document.querySelectorAll(".matters")) {
  list.addEventListener("keydown", (event) => {
    if (event.key !== "j" && event.key !== "k") return;
    step([...list.querySelectorAll(".matters__title")], event.key === "j" ? 1 : -1);
  });
}
