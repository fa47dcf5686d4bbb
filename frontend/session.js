// Says so before a session ends for want of anything done, and what becomes of what is typed. Without this file nothing
// is lost either: a form that is sent too late comes back after the login.
const WARN_BEFORE = 5 * 60_000;
const LOOK_EVERY = 10_000;

/** Watch the session that the page was shown in. `dialog`: the page's own, with the words in it. */
export function watchSession(dialog) {
  if (!dialog || dialog.dataset.watched) return;
  dialog.dataset.watched = "true";
  const form = dialog.querySelector("form");
  const watch = { dialog, form, endsAt: Date.now() + dialog.dataset.seconds * 1000, wentOnAt: Date.now(), isOver: false };
  setInterval(() => look(watch), LOOK_EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || look(watch));
  document.addEventListener("input", () => somethingIsTyped(watch));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    goOn(watch);
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
}

/** Other pages of the same person, and fragments fetched, let the session go on: only the server knows. */
async function look(watch) {
  if (watch.isOver || watch.endsAt - Date.now() > WARN_BEFORE) return;
  await ask(watch, {});
  const left = watch.endsAt - Date.now();
  if (left <= 0) over(watch);
  else if (left <= WARN_BEFORE) warn(watch);
  else watch.dialog.close();
}

/** Somebody who types is at work, though the server hears nothing of it. */
function somethingIsTyped(watch) {
  if (!watch.isOver && Date.now() - watch.wentOnAt > WARN_BEFORE) goOn(watch);
}

async function goOn(watch) {
  watch.wentOnAt = Date.now();
  await ask(watch, { method: "POST", body: new FormData(watch.form) });
  if (watch.endsAt > Date.now()) watch.dialog.close();
  else over(watch);
}

async function ask(watch, how) {
  const answer = await fetch(watch.form.action, how).catch(() => null);
  if (answer?.ok) watch.endsAt = Date.now() + (await answer.json()).seconds * 1000;
}

function warn({ dialog, endsAt }) {
  const clock = new Date(endsAt).toLocaleTimeString("nb", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Oslo" });
  dialog.querySelector("time").textContent = document.documentElement.lang === "nb" ? clock.replace(":", ".") : clock;
  if (!dialog.open) dialog.showModal();
}

/** Nobody is logged in any more: show nobody's page, unless something typed would go with it. */
function over(watch) {
  const { dialog } = watch;
  watch.isOver = true;
  if (!hasTyped()) {
    location.assign(dialog.dataset.login);
    return;
  }
  for (const part of dialog.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== "over";
  dialog.setAttribute("aria-labelledby", "session-over-title");
  if (!dialog.open) dialog.showModal();
}

function hasTyped() {
  return [...document.querySelectorAll("main form[method='post']")].some((form) => [...form.elements].some(hasChanged));
}

function hasChanged(control) {
  if (control.type === "hidden") return false;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.options) return [...control.options].some((option) => option.selected !== option.defaultSelected && option.value);
  return "defaultValue" in control && control.value !== control.defaultValue;
}
