// Improves the pages; every one of them works without this file.
import htmx from "htmx.org/dist/htmx.esm.js";
import { addDayPickers } from "./days.js";
import { addSearchToSelects } from "./selects.js";
import { watchSession } from "./session.js";

// The same as in <meta name="htmx-config">, for pages that a proxy has changed: nothing is evaluated, no style is written.
Object.assign(htmx.config, { includeIndicatorStyles: false, allowEval: false, allowScriptTags: false, historyCacheSize: 0 });

/** Go to what is wrong, so that it is read out and seen first. */
function focusErrorSummary(root) {
  root.querySelector(".ds-error-summary, [data-first]")?.focus();
}

/** A link in the error summary goes to the control itself, also where a search box stands in for a select. */
function followErrorLinks(event) {
  const link = event.target.closest?.(".ds-error-summary a[href^='#']");
  const control = link && document.getElementById(link.hash.slice(1));
  if (!control) return;
  event.preventDefault();
  const visible = control.hidden ? document.querySelector(`[data-stands-for="${CSS.escape(control.id)}"]`) : control;
  visible?.scrollIntoView({ block: "center" });
  visible?.focus({ preventScroll: true });
}

/** A form that has been sent is not sent again by a second click. */
function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "true";
}

/** Where the page is narrower than a timeline, it begins where we are in it, not years ago. */
function showToday(root) {
  for (const line of root.querySelectorAll(".timeline-wide .tl-today")) {
    const area = line.closest(".scroll");
    const drawing = line.ownerSVGElement;
    const place = (line.x1.baseVal.value / drawing.viewBox.baseVal.width) * drawing.getBoundingClientRect().width;
    area.scrollLeft = place - area.clientWidth * 0.7;
  }
}

/** The names of a timeline's lanes stay in view while it is scrolled. */
function keepLaneNames(event) {
  const drawing = event.target.querySelector?.(":scope > .timeline-drawing");
  if (!drawing) return;
  const scale = drawing.viewBox.baseVal.width / drawing.getBoundingClientRect().width;
  for (const name of drawing.querySelectorAll(".tl-lane")) name.setAttribute("x", event.target.scrollLeft * scale);
}

/** The menu scrolls on a narrow screen; where we are in it is in view. */
function showPlaceInMenu() {
  document.querySelector(".frame-menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function improve(root) {
  if (root === document.body) {
    showPlaceInMenu();
    watchSession(document.getElementById("session-end"));
  }
  showToday(root);
  addDayPickers(root);
  addSearchToSelects(root);
  focusErrorSummary(root);
}

window.addEventListener("resize", () => {
  showToday(document);
  showPlaceInMenu();
});
document.addEventListener("scroll", keepLaneNames, { capture: true, passive: true });
document.addEventListener("click", followErrorLinks);
document.addEventListener("submit", sendOnce);
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
document.addEventListener("htmx:load", (event) => improve(event.target));
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => improve(document.body));
else improve(document.body);
