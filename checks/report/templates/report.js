"use strict";
const all = (selector) => Array.from(document.querySelectorAll(selector));
const tools = document.getElementById("tools");
const filters = all("button.filter");
const search = document.getElementById("search");
const shown = document.getElementById("shown");

function apply() {
  const wanted = new Set(filters.filter((b) => b.getAttribute("aria-pressed") === "true").map((b) => b.dataset.verdict));
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const element of all("[data-verdict][data-words]")) {
    const fits = wanted.has(element.dataset.verdict) && words.every((w) => element.dataset.words.includes(w));
    element.hidden = !fits;
    if (fits && element.tagName === "ARTICLE") count += 1;
  }
  for (const section of all("section.item")) section.hidden = !section.querySelector("article:not([hidden])");
  shown.textContent = count + " of " + all("article.claim").length + " claims shown";
}

function open(element) {
  for (let e = element; e; e = e.parentElement) {
    e.hidden = false;
    if (e.tagName === "DETAILS") e.open = true;
  }
}

function reachable() {  // what scrolls can be reached with the keyboard, and nothing else is a stop on the way
  for (const element of all(".formula, .scroll")) {
    if (element.scrollWidth > element.clientWidth + 1) {
      element.tabIndex = 0;
      element.setAttribute("role", "group");
      element.setAttribute("aria-label", element.matches(".formula") ? "formula, scrollable" : "scrollable");
    } else {
      element.removeAttribute("tabindex");
    }
  }
}

tools.hidden = false;
for (const button of filters) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "true" ? "false" : "true");
    apply();
  });
}
search.addEventListener("input", apply);
const unfold = document.getElementById("unfold");
unfold.addEventListener("click", () => {
  const opening = unfold.getAttribute("aria-pressed") !== "true";
  unfold.setAttribute("aria-pressed", String(opening));
  unfold.textContent = opening ? "Fold all steps" : "Unfold all steps";
  for (const d of all("main details")) d.open = opening;
});
const themes = ["auto", "light", "dark"];
const theme = document.getElementById("theme");
function setTheme(name) {
  document.documentElement.dataset.theme = name;
  theme.textContent = "Colours: " + name;
  try { localStorage.setItem("convbound-theme", name); } catch { /* a page without storage forgets */ }
}
theme.addEventListener("click", () => setTheme(themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % 3]));
let remembered = null;
try { remembered = localStorage.getItem("convbound-theme"); } catch { /* the same */ }
setTheme(themes.includes(remembered) ? remembered : "auto");
window.addEventListener("hashchange", () => open(document.getElementById(location.hash.slice(1))));
window.addEventListener("beforeprint", () => { for (const d of all("details")) d.open = true; });
const contents = document.getElementById("contents");
contents.open = window.matchMedia("(min-width: 68rem)").matches;
window.addEventListener("resize", reachable);
document.addEventListener("toggle", reachable, true);
reachable();
