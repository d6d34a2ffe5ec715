"use strict";
const all = (selector) => Array.from(document.querySelectorAll(selector));
const tools = document.getElementById("tools");
const filters = all("button.filter");
const search = document.getElementById("search");
const shown = document.getElementById("shown");

const texts = new Map();  // what each claim says, in small letters; read once, when somebody searches

function says(element) {
  if (!texts.has(element)) texts.set(element, element.textContent.toLowerCase());
  return texts.get(element);
}

function remember() {  // the filter and the search stand in the address, so that a link shows the same
  const state = new URLSearchParams();
  const hidden = filters.filter((b) => b.getAttribute("aria-pressed") !== "true").map((b) => b.dataset.verdict);
  if (hidden.length) state.set("hide", hidden.join("."));
  if (search.value) state.set("find", search.value);
  const query = state.toString();
  try {
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  } catch { /* a browser that lets no file on a disk change its address */ }
}

function recall() {
  const state = new URLSearchParams(location.search);
  const hidden = (state.get("hide") || "").split(".");
  for (const b of filters) b.setAttribute("aria-pressed", String(!hidden.includes(b.dataset.verdict)));
  search.value = state.get("find") || "";
  if (location.search) apply();
}

function apply() {
  const wanted = new Set(filters.filter((b) => b.getAttribute("aria-pressed") === "true").map((b) => b.dataset.verdict));
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const element of all("article.claim, tbody tr[data-verdict]")) {
    const fits = wanted.has(element.dataset.verdict) && words.every((w) => says(element).includes(w));
    element.hidden = !fits;
    if (fits && element.tagName === "ARTICLE") count += 1;
  }
  for (const section of all("section.item")) section.hidden = !section.querySelector("article:not([hidden])");
  document.getElementById("nothing").hidden = count > 0;
  remember();
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
recall();
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
function fit() {  // paper does not scroll: a formula that is wider than a sheet is printed smaller, and whole
  const sheet = 560;  // what a card leaves on A4, in CSS pixels
  for (const element of all(".formula")) {
    const inner = element.querySelector("math");
    if (!inner) continue;
    element.style.removeProperty("--fit");
    const wide = inner.getBoundingClientRect().width * 2 / 3;  // 10 point and four fifths of it, on paper
    if (wide > sheet) element.style.setProperty("--fit", (sheet / wide).toFixed(3));
  }
}
window.addEventListener("beforeprint", () => {
  for (const d of all("details")) d.open = true;
  fit();
});
const contents = document.getElementById("contents");
contents.open = window.matchMedia("(min-width: 68rem)").matches;
window.addEventListener("resize", reachable);
document.addEventListener("toggle", reachable, true);
reachable();
