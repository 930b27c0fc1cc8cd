/* A shared phone: pages kept for one inspector are dropped as soon as somebody else is logged in, and whoever logs out
   is told of records that have not been sent, because logging out clears what this browser keeps of the site. */
const form = document.querySelector("form[data-leaving]");
if (form) {
  const user = form.dataset.leaving;
  const own = `xiaoneng-visit/${user}/`;
  if (localStorage.getItem("xiaoneng-phone-user") !== user) {
    if ("caches" in window) caches.delete("xiaoneng-inspect-pages");
    localStorage.setItem("xiaoneng-phone-user", user);
  }
  const open = ({ state, photos }) => ["draft", "waiting"].includes(state) || photos > 0;
  const unsent = () => Object.keys(localStorage).filter((key) => key.startsWith(own) && open(JSON.parse(localStorage.getItem(key))));
  form.addEventListener("submit", (event) => {
    if (unsent().length && !confirm(form.dataset.unsent)) event.preventDefault();
  });
}
