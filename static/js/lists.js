// On a telephone each row of a list is a card (static/css/admin.css): its cells say of which column they are.
"use strict";
{
  const names = [...document.querySelectorAll("#result_list thead th")].map((head) => head.querySelector(".text")?.textContent.trim());
  document.querySelectorAll("#result_list tbody tr").forEach((row) => {
    [...row.cells].forEach((cell, at) => {
      if (names[at] && cell.matches("td:not(.action-checkbox)")) cell.dataset.label = names[at];
    });
  });
}
