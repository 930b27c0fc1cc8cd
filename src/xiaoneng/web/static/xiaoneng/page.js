/* Any page: numbers that can be copied, and the list of errors brought to the reader. Everything works without it. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const words = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = words), 2000);
  });
}

document.querySelector("[data-focus]")?.focus();

/* A greyed act that is linked to opens, so that its reasons are seen. */
const opened = () => {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
};
addEventListener("hashchange", opened);
opened();

/* On a phone the clock scrolls: begin at today. */
for (const strip of document.querySelectorAll(".strip")) {
  const today = strip.querySelector(".today") ?? strip.querySelector(".due");
  if (today && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = today.offsetLeft - strip.clientWidth / 2;
}

/* A button that prints the page, and a receipt that counts as kept once it was printed or copied. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
const saved = document.querySelector("[data-saved]");
if (saved) {
  const tick = () => (saved.checked = true);
  for (const way of document.querySelectorAll("[data-print], [data-copy]")) way.addEventListener("click", tick);
}
