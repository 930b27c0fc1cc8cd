/* Keeps what was typed until it has arrived: `<form data-keep="key">` is written to this tab's sessionStorage and read
   back after a lost session, a crash or the Back button. Passwords, files and what goes into a sealed
   envelope (`data-unkept`) are never kept. A page that confirms the
   arrival carries `data-kept-done="key"`. */
const PREFIX = "xiaoneng:";
const SKIP = new Set(["password", "file", "hidden", "submit", "button"]);

const fields = (form) => [...form.elements].filter((field) => field.name && !SKIP.has(field.type) && !("unkept" in field.dataset));
const ticked = (field) => field.type === "checkbox" || field.type === "radio";

const write = (form, key) => {
  const typed = fields(form)
    .filter((field) => !ticked(field) || field.checked)
    .map((field) => [field.name, field.value]);
  sessionStorage.setItem(key, JSON.stringify(typed));
};

const untouched = (form) =>
  fields(form).every((field) => (ticked(field) ? field.checked === field.defaultChecked : true) && (ticked(field) || field.tagName === "SELECT" || !field.value));

const read = (form, key) => {
  const typed = JSON.parse(sessionStorage.getItem(key) ?? "[]");
  if (!typed.length || !untouched(form)) return;
  for (const field of fields(form)) {
    const values = typed.filter(([name]) => name === field.name).map(([, value]) => value);
    if (ticked(field)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
};

for (const done of document.querySelectorAll("[data-kept-done]")) sessionStorage.removeItem(PREFIX + done.dataset.keptDone);

for (const form of document.querySelectorAll("form[data-keep]")) {
  const key = PREFIX + form.dataset.keep;
  read(form, key);
  form.addEventListener("input", () => write(form, key));
}
