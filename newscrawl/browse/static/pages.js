// Leads the slider through the revisions of an article; without scripts the list of dates beside it does the same.
"use strict";
const slider = document.getElementById("time");
if (slider) {
  const revisions = slider.dataset.revisions.split(" ");
  slider.addEventListener("change", () => {
    location.assign(`/article/${revisions[Number(slider.value)]}`);
  });
}
