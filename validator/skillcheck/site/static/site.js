// Search over the cards of the list, and buttons that copy commands. The pages say everything without it.
"use strict";

const form = document.getElementById("search");
if (form) {
  const words = document.getElementById("words");
  const state = document.getElementById("state");
  const category = document.getElementById("category"); // only where there are several
  const count = document.getElementById("count");
  const none = document.getElementById("none");
  const cards = [...document.querySelectorAll("#cards > .card")].map((card) => ({
    card,
    text: card.textContent.toLowerCase(),
  }));

  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { card, text } of cards) {
      const isOf = (chosen, own) => !chosen?.value || chosen.value === own;
      const asMeant = isOf(state, card.dataset.state) && isOf(category, card.dataset.category);
      const fits = asMeant && wanted.every((word) => text.includes(word));
      card.hidden = !fits;
      found += fits;
    }
    const asked = wanted.length || state.value || category?.value;
    count.textContent = asked ? `${found} of ${cards.length} skills` : "";
    if (none) none.hidden = found > 0;
  };
  const reset = () => {
    words.value = "";
    state.value = "";
    if (category) category.value = "";
    show();
    words.focus();
  };

  form.hidden = cards.length === 0;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("reset")?.addEventListener("click", reset);
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      words.focus();
    } else if (event.key === "Escape" && document.activeElement === words) {
      reset();
    }
  });
  show(); // the browser may have kept what was typed before
}

for (const box of document.querySelectorAll(".command")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(box.querySelector("code").textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  box.append(button);
}
