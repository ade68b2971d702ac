// Filters the stories of this page and moves among them by keyboard. Without it the page only lacks that.
"use strict";

const stories = [...document.querySelectorAll(".stories article")];
const filter = document.querySelector("form.filter");
const keys = document.querySelector("dialog.keys");

for (const image of document.images) {
  const hide = () => { image.hidden = true; };
  image.addEventListener("error", hide);
  if (image.complete && !image.naturalWidth && image.loading !== "lazy") hide();
}

function fold(text) {
  return text.normalize("NFKC").toLocaleLowerCase();
}

function matches(story, words, { brand, stage, language }) {
  const { dataset } = story;
  return (!brand || dataset.brands.split(" ").includes(brand))
    && (!stage || dataset.stage === stage)
    && (!language || dataset.language === language)
    && words.every((word) => fold(story.textContent).includes(word));
}

function apply() {
  const wanted = Object.fromEntries(new FormData(filter));
  const words = fold(wanted.text).split(/\s+/u).filter(Boolean);
  let shown = 0;
  for (const story of stories) {
    story.hidden = !matches(story, words, wanted);
    shown += !story.hidden;
  }
  const all = !words.length && !wanted.brand && !wanted.stage && !wanted.language;
  filter.querySelector("output").value = all ? "" : `${shown} of ${stories.length} stories`;
  document.querySelector("p.none").hidden = all || shown > 0;
}

if (filter && stories.length) {
  filter.hidden = false;
  filter.addEventListener("input", apply);
  filter.addEventListener("reset", () => setTimeout(apply));
  filter.addEventListener("submit", (event) => event.preventDefault());
  apply(); // the browser may have kept what was chosen before
}

function step(by) {
  const shown = stories.filter((story) => !story.hidden);
  const here = shown.indexOf(document.activeElement.closest(".stories article"));
  const next = shown[here < 0 ? (by > 0 ? 0 : -1) : here + by];
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  switch (key) {
    case "j": step(1); break;
    case "k": step(-1); break;
    case "o": document.activeElement.closest(".stories article")?.querySelector("h2 a").click(); break;
    case "/": filter?.elements.text.focus(); break;
    case "?": keys?.showModal(); break;
    default: return false;
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys?.open) return;
  const typing = event.target.closest("input, select, textarea");
  if (typing) {
    if (event.key === "Escape") typing.blur();
  } else if (press(event.key)) {
    event.preventDefault();
  }
});
