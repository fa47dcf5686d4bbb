// A button beside a day's text field that opens the browser's own calendar. What is picked is written as it is typed: d.m.yyyy.
const WORDS = { nb: "Velg dato", en: "Pick a date" };

export function addDayPickers(root) {
  if (!HTMLInputElement.prototype.showPicker) return;
  for (const input of root.querySelectorAll("[data-kind='day'] > input.ds-input:not([data-picker])")) addPicker(input);
}

function addPicker(input) {
  input.dataset.picker = "";
  const label = input.form?.querySelector(`label[for="${CSS.escape(input.id)}"]`)?.firstChild?.textContent.trim() ?? "";
  const row = document.createElement("span");
  row.className = "day-row";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ds-button day-button";
  button.dataset.variant = "secondary";
  button.dataset.icon = "";
  button.setAttribute("aria-label", `${WORDS[document.documentElement.lang] ?? WORDS.nb}: ${label}`);
  const calendar = document.createElement("input");
  calendar.type = "date";
  calendar.className = "day-calendar";
  calendar.tabIndex = -1;
  calendar.setAttribute("aria-hidden", "true");
  input.replaceWith(row);
  row.append(input, button, calendar);
  button.addEventListener("click", () => {
    calendar.value = isoDay(input.value);
    calendar.showPicker();
  });
  calendar.addEventListener("change", () => {
    if (!calendar.value) return;
    const [year, month, day] = calendar.value.split("-").map(Number);
    input.value = `${day}.${month}.${year}`;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
}

function isoDay(text) {
  const [, day, month, year] = text.match(/^\s*(\d{1,2})[.\-/ ]+(\d{1,2})[.\-/ ]+(\d{4})\s*$/) ?? [];
  return year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
}
