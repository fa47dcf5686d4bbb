// Long selects get a search box (Designsystemet's suggestion). The select stays in the form and carries the value.
import "@digdir/designsystemet-web/ds-suggestion";

const WORDS = {
  nb: { clear: "Tøm", none: "Ingen treff", "sr-singular": "%d treff", "sr-plural": "%d treff", "sr-added": "Valgt", "sr-removed": "Fjernet", "sr-remove": "Trykk for å fjerne", "sr-empty": "Ingen valgt", "sr-found": "Naviger med piltastene for å finne valgte", "sr-invalid": "Ugyldig verdi", "sr-of": "av", "sr-clear": "Tøm", "sr-items": "%d valgt", "sr-toggle": "Vis valg" },
  en: { clear: "Clear", none: "No matches", "sr-singular": "%d match", "sr-plural": "%d matches", "sr-added": "Selected", "sr-removed": "Removed", "sr-remove": "Press to remove", "sr-empty": "None selected", "sr-found": "Navigate with the arrow keys to find the selected", "sr-invalid": "Invalid value", "sr-of": "of", "sr-clear": "Clear", "sr-items": "%d selected", "sr-toggle": "Show options" },
};

export function addSearchToSelects(root) {
  for (const select of root.querySelectorAll("select[data-search]:not([multiple]):not([hidden])")) addSearch(select);
}

function addSearch(select) {
  const words = WORDS[document.documentElement.lang] ?? WORDS.nb;
  const label = select.labels[0];
  const suggestion = document.createElement("ds-suggestion");
  suggestion.className = "ds-suggestion";
  for (const [name, text] of Object.entries(words)) if (name.startsWith("sr-")) suggestion.setAttribute(`data-${name}`, text);
  const input = document.createElement("input");
  input.className = "ds-input";
  input.type = "text";
  input.id = `${select.id}_search`;
  input.dataset.standsFor = select.id;
  input.autocomplete = "off";
  for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const clear = document.createElement("del");
  clear.setAttribute("aria-label", words.clear);
  const list = document.createElement("u-datalist");
  for (const option of select.options) if (option.value) list.append(suggested(option));
  const empty = document.createElement("u-option");
  empty.dataset.empty = "";
  empty.textContent = words.none;
  list.append(empty);
  suggestion.append(input, clear, list);
  select.after(suggestion);
  select.hidden = true;
  if (label) label.htmlFor = input.id;
  input.value = select.value ? select.selectedOptions[0].label : "";
  keepInStep(select, suggestion, input);
}

function suggested(option) {
  const shown = document.createElement("u-option");
  shown.value = option.value;
  shown.textContent = option.label;
  return shown;
}

/** What is chosen in the box is chosen in the select; words that are no choice are taken back when one leaves the box. */
function keepInStep(select, suggestion, input) {
  const choose = (option) => {
    select.value = option?.value ?? "";
    input.value = option?.value ? option.label : "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const byWords = () => [...select.options].find((option) => option.label.trim().toLowerCase() === input.value.trim().toLowerCase());
  suggestion.addEventListener("comboboxafterselect", () => setTimeout(() => choose(byWords())));
  input.addEventListener("blur", () => setTimeout(() => choose(byWords() ?? (input.value.trim() ? select.selectedOptions[0] : null)), 150));
}
