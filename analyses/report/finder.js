"use strict";
(() => {
  const form = document.getElementById("filters");
  const words = document.getElementById("words");
  const count = document.getElementById("count");
  const selects = [...form.querySelectorAll("select")];
  const trials = [...document.querySelectorAll(".trials article")];
  const texts = trials.map((trial) => trial.textContent.toLowerCase());

  const show = () => {
    const wanted = selects.filter((select) => select.value);
    const searched = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    trials.forEach((trial, place) => {
      const fits =
        wanted.every((select) => trial.dataset.f.includes(`|${select.dataset.place}${select.value}|`)) &&
        searched.every((word) => texts[place].includes(word));
      trial.hidden = !fits;
      shown += fits;
    });
    count.textContent = `${shown} of ${trials.length} trials`;
  };
  // A link to a trial that the filters hide shows it.
  const reveal = () => {
    const trial = location.hash.startsWith("#t-") && document.getElementById(location.hash.slice(1));
    if (trial && trial.hidden) {
      form.reset();
      show();
      trial.scrollIntoView();
    }
  };

  document.querySelector(".without-script").remove();
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  show();
})();
