import { findAll } from "./find.ts";
import { recall, store } from "./storage.ts";

/** Wears the theme that the reader chose [the system's]. */
export function listenToTheme(): void {
  const choices = findAll<HTMLInputElement>('input[name="theme"]');
  const wear = (theme: string) => {
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  const chosen = recall("theme");
  for (const choice of choices) {
    if (choice.value === chosen) choice.checked = true;
    choice.addEventListener("change", () => {
      wear(choice.value);
      store("theme", choice.value);
    });
  }
  if (chosen !== undefined) wear(chosen);
}
