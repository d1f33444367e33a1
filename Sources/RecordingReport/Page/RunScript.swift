/// Finds and sorts recordings. The page is readable without it.
enum RunScript {
    static let source: StaticString = """
        "use strict";
        (() => {
          const list = document.getElementById("list");
          if (!list) return;
          const words = document.getElementById("words");
          const state = document.getElementById("state");
          const shown = document.getElementById("shown");
          const body = list.tBodies[0];
          const rows = Array.from(body.rows);
          const texts = rows.map((row) => row.textContent.toLowerCase());
          const filter = () => {
            const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
            let count = 0;
            rows.forEach((row, index) => {
              const hit = (!state.value || row.dataset.state === state.value) && wanted.every((word) => texts[index].includes(word));
              row.hidden = !hit;
              if (hit) count += 1;
            });
            shown.value = count + " shown";
          };
          const key = (row, column) => row.cells[column].dataset.key;
          const sort = (button) => {
            const heading = button.closest("th");
            const column = Number(button.dataset.column);
            const down = heading.getAttribute("aria-sort") === "ascending";
            for (const each of list.tHead.rows[0].cells) if (each.hasAttribute("aria-sort")) each.setAttribute("aria-sort", "none");
            heading.setAttribute("aria-sort", down ? "descending" : "ascending");
            const order = rows.slice().sort((a, b) => {
              const left = key(a, column), right = key(b, column);
              const result = left === undefined ? a.cells[column].textContent.localeCompare(b.cells[column].textContent) : Number(left) - Number(right);
              return down ? -result : result;
            });
            body.append(...order);
          };
          words.addEventListener("input", filter);
          state.addEventListener("change", filter);
          for (const button of list.querySelectorAll("button.sort")) {
            button.disabled = false;
            button.addEventListener("click", () => sort(button));
          }
          words.disabled = false;
          state.disabled = false;
          // A browser keeps what was typed when a page is loaded again.
          filter();
        })();
        """
}
