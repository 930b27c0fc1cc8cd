/* The inspector's phone. What is typed is kept on the phone at once, under the one who is logged in; a record that was
   handed over waits there until it has arrived, and is sent again and again with the same key, so that it is recorded
   exactly once. Without this script the form is sent like any other. */
const root = document.querySelector("[data-phone-user]");
const user = root?.dataset.phoneUser ?? "";
const SLOT = `xiaoneng-visit/${user}/`;
const SOON = 1_000;
const LATEST = 30_000;

const slot = (number) => SLOT + number;
const load = (number) => JSON.parse(localStorage.getItem(slot(number)) ?? "null");
const save = (number, kept) => localStorage.setItem(slot(number), JSON.stringify(kept));
const numbers = () => Object.keys(localStorage).filter((key) => key.startsWith(SLOT)).map((key) => key.slice(SLOT.length));

/* ---- what the page says ---- */
const panel = document.querySelector("[data-state]");
const show = (state, words = "") => {
  if (!panel) return;
  panel.dataset.state = state;
  for (const line of panel.querySelectorAll("[data-say]")) line.hidden = line.dataset.say !== state;
  const told = panel.querySelector("[data-told]");
  told.textContent = words;
  told.hidden = !words;
};
const list = document.querySelector("[data-faults]");
const complain = (faults, fields = []) => {
  if (!list) return;
  list.hidden = !faults.length;
  list.querySelector("ul").replaceChildren(...faults.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  for (const field of form?.elements ?? []) {
    const wrong = fields.some((name) => field.name === name || (name === "answers" && field.name.startsWith("point-") && !form.elements[field.name].value));
    if (field.name) field.toggleAttribute("aria-invalid", wrong);
  }
  if (faults.length) list.focus();
};

/* ---- the form ---- */
const form = document.querySelector("form[data-visit]");
const here = form?.dataset.visit ?? "";
const SKIP = new Set(["csrfmiddlewaretoken", "once"]);
const typed = () => [...new FormData(form)].filter(([name, value]) => !SKIP.has(name) && typeof value === "string");

const fill = (values) => {
  for (const field of form.elements) {
    if (!field.name || SKIP.has(field.name) || field.type === "file") continue;
    const own = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = own.includes(field.value);
    else if (own.length) field.value = own[0];
  }
  for (const block of form.querySelectorAll("details")) {
    const begun = [...block.querySelectorAll("select, textarea, input:not([type=checkbox], [type=radio])")].some((field) => field.value);
    if (begun) block.open = true;
  }
};

const keep = () => {
  const before = load(here);
  const key = before && before.state === "draft" ? before.key : crypto.randomUUID();
  if (before?.state === "waiting") return;
  save(here, { key, state: "draft", values: typed(), at: Date.now() });
  show("draft");
};

const lock = (locked) => {
  for (const field of form.elements) if (field.tagName !== "FIELDSET" && field.type !== "hidden") field.disabled = locked;
  form.querySelector("[data-back]").hidden = !locked;
  form.querySelector("[data-back]").disabled = false;
};

const begin = () => {
  const kept = load(here);
  if (!kept) return show("empty");
  if (kept.state === "sent") {
    counted(here, kept.photos ?? 0);
    return show("sent", kept.said);
  }
  fill(kept.values);
  lock(kept.state === "waiting");
  show(kept.state);
};

/* ---- sending ---- */
const fresh = async () => {
  const answer = await fetch("/inspect/token/", { headers: { Accept: "application/json" }, cache: "no-store" });
  if (answer.status === 401) return "login";
  if (!answer.ok) return "";
  const said = await answer.json();
  return said.user === user ? said.token : "login";
};

const posted = (kept, token) => {
  const body = new FormData();
  for (const [name, value] of kept.values) body.append(name, value);
  body.append("once", kept.key);
  body.append("csrfmiddlewaretoken", token);
  return body;
};

const told = async (number, kept, answer) => {
  if (answer.ok) {
    const said = await answer.json();
    const photos = (await photosOf(number)).length;
    save(number, { key: kept.key, state: "sent", said: said.said, sequence: said.sequence, values: [], photos });
    if (number === here) {
      lock(false);
      form.reset();
      for (const block of form.querySelectorAll("details")) block.open = false;
      complain([]);
      show("sent", said.said);
    }
  } else if (answer.status === 404) {
    save(number, { ...kept, state: "draft" }); // no longer in the team, or the mandate has ended: only its author decides
    if (number === here) {
      lock(false);
      show("gone");
    }
  } else if (answer.status === 400) {
    const said = await answer.json();
    save(number, { ...kept, state: "draft", faults: said.faults });
    if (number === here) {
      lock(false);
      show("draft");
      complain(said.faults, said.fields);
    }
  }
};

/* A connection that has just come back may still fail: try again soon, then ever more slowly. */
let pause = SOON;
let timer = 0;
const later = () => {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
  pause = Math.min(2 * pause, LATEST);
};

/* The album: pictures that wait on the phone, each under its visit and its hash. */
const ALBUM = "pictures";
const album = () =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open("xiaoneng-visit-pictures", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(ALBUM);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
const inAlbum = async (mode, deed) => {
  const opened = await album();
  try {
    return await new Promise((resolve, reject) => {
      const asked = deed(opened.transaction(ALBUM, mode).objectStore(ALBUM));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } finally {
    opened.close();
  }
};
const photosOf = (number) => inAlbum("readonly", (store) => store.getAllKeys(IDBKeyRange.bound(`${slot(number)}/`, `${slot(number)}/g`)));
const counted = (number, photos) => {
  save(number, { ...load(number), photos });
  const line = number === here && document.querySelector("[data-photos]");
  if (!line) return;
  line.hidden = !photos;
  line.querySelector("[data-count]").textContent = photos;
};

const hand = async (number, token) => {
  const waiting = await photosOf(number);
  counted(number, waiting.length);
  for (const [place, key] of waiting.entries()) {
    const picture = await inAlbum("readonly", (store) => store.get(key));
    const body = new FormData();
    body.append("pictures", picture, picture.name);
    body.append("csrfmiddlewaretoken", token);
    const address = `/desk/m/${encodeURIComponent(number)}/exhibits/`;
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    // Refused for good (the author struck it out of the record, or it is no picture): it stays with the author alone.
    if (!answer.ok && answer.status !== 400) return;
    await inAlbum("readwrite", (store) => store.delete(key));
    counted(number, waiting.length - place - 1);
  }
};

let busy = false;
const send = async () => {
  if (busy) return;
  busy = true;
  try {
    for (const number of numbers()) {
      const kept = load(number);
      if (kept?.state === "sent" && kept.photos) {
        const own = await fresh();
        if (own && own !== "login") await hand(number, own);
      }
      if (kept?.state !== "waiting") continue;
      const token = await fresh();
      if (token === "login") return show("login");
      if (!token) return undefined;
      const address = `/inspect/${encodeURIComponent(number)}/`;
      const answer = await fetch(address, { method: "POST", body: posted(kept, token), headers: { Accept: "application/json" }, redirect: "manual" });
      await told(number, kept, answer);
      if (load(number)?.state === "sent") await hand(number, token);
    }
  } catch {
    /* no connection: it stays on the phone and is sent later */
  } finally {
    busy = false;
    mark();
    if (numbers().map(load).some((kept) => kept?.state === "waiting" || (kept?.state === "sent" && kept.photos))) later();
  }
  return undefined;
};

/* ---- the list of visits ---- */
const mark = () => {
  for (const line of document.querySelectorAll("[data-kept-visit]")) {
    const kept = load(line.dataset.keptVisit);
    for (const each of line.querySelectorAll("[data-say]")) each.hidden = each.dataset.say !== kept?.state;
  }
};

/* ---- photographs: the record names them by their hash and goes first, they follow ---- */
const hashed = async (file) => {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
for (const picker of document.querySelectorAll("[data-hash-into]")) {
  if (!crypto.subtle) continue;
  picker.removeAttribute("name"); // with a script they are not sent with the record but after it
  picker.addEventListener("change", async () => {
    const into = form.elements[picker.dataset.hashInto];
    for (const file of picker.files) {
      const hash = await hashed(file);
      await inAlbum("readwrite", (store) => store.put(file, `${slot(here)}/${hash}`));
      into.value += `${into.value && "\n"}${hash} ${file.name}`;
    }
    picker.value = "";
    keep();
  });
}

/* ---- begin ---- */
if (form && user && !form.querySelector("[data-sent-back]")) {
  begin();
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
    save(here, { ...load(here), state: "waiting", at: Date.now() });
    complain([]);
    lock(true);
    show("waiting");
    send();
  });
  form.querySelector("[data-back]").addEventListener("click", () => {
    save(here, { ...load(here), state: "draft" });
    lock(false);
    show("draft");
  });
}
if (user) {
  mark();
  send();
  addEventListener("online", () => {
    pause = SOON;
    send();
  });
  document.addEventListener("visibilitychange", send);
}

if (user && "serviceWorker" in navigator) {
  const worker = await navigator.serviceWorker.register("/inspect/worker.js", { scope: "/inspect/" }).catch(() => null);
  const ready = worker && (await navigator.serviceWorker.ready);
  const own = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((each) => each.href || each.src);
  const linked = [...document.querySelectorAll("a[data-offline]")].map((each) => each.href);
  navigator.serviceWorker.addEventListener("message", () => document.documentElement.setAttribute("data-kept-offline", ""));
  if (navigator.onLine) ready?.active.postMessage({ keep: { user, addresses: ["/inspect/", location.pathname, ...linked, ...own] } });
}
