// Only conveniences: print shows what is folded; a box filters the list and the sections of participants.
(function () {
  "use strict";
  window.addEventListener("beforeprint", function () {
    Array.prototype.forEach.call(document.querySelectorAll("details"), function (part) { part.open = true; });
  });
  var index = document.getElementById("index");
  if (!index) { return; }
  var rows = Array.prototype.slice.call(index.tBodies[0].rows);
  var people = Array.prototype.slice.call(document.querySelectorAll("article.person"));
  var label = document.createElement("label");
  var box = document.createElement("input");
  label.className = "filter";
  label.textContent = "Filter / 篩選 ";
  box.type = "search";
  label.appendChild(box);
  index.parentNode.parentNode.insertBefore(label, index.parentNode);
  box.addEventListener("input", function () {
    var wanted = box.value.trim().toLowerCase();
    rows.forEach(function (row, place) {
      var hit = row.cells[0].textContent.toLowerCase().indexOf(wanted) >= 0;
      row.hidden = !hit;
      if (people[place]) { people[place].hidden = !hit; }
    });
  });
})();
