import { find } from "./find.ts";

/** Copies what a button stands for: the text that is shown, in which nothing is hidden. */
export async function copyFrom(button: HTMLElement): Promise<void> {
  const shown = button.closest(".copyable")?.querySelector<HTMLElement>("[data-copied]");
  if (shown == null) return;
  const copied = shown.cloneNode(true) as HTMLElement;
  for (const absent of copied.querySelectorAll(".absent")) absent.remove();
  const text = copied.textContent ?? "";
  const done = await write(text, shown);
  const what = button.dataset.what ?? "";
  find("#said").textContent = done ? `Copied the ${what}.` : "The browser does not allow copying: the text is selected.";
  button.textContent = done ? "Copied" : "Selected";
  setTimeout(() => {
    button.textContent = `Copy ${what}`;
  }, 1500);
}

/** Where the clipboard is out of reach the text is selected, for the reader's own key. */
async function write(text: string, shown: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()?.selectAllChildren(shown);
    return false;
  }
}
