/** A piece of the page: written as text here (write-tree.ts), and made into nodes in the reader's browser (page/make-nodes.ts). */
export type Tree = string | Branch | readonly Tree[] | undefined;

export interface Branch {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: readonly Tree[];
}

type Value = string | number | boolean | undefined;

/**
 * The attributes that a branch may have. What could run, load or dress anything has no place here: no handlers, no `style`, no `src`, and links
 * to this very page alone. So no text of a capture can become one of these, whatever a view does with it.
 */
export interface Attributes {
  readonly [custom: `data-${string}` | `aria-${string}`]: Value;
  readonly href?: `#${string}`;
  readonly class?: Value;
  readonly id?: Value;
  readonly hidden?: Value;
  readonly open?: Value;
  readonly role?: Value;
  readonly tabindex?: Value;
  readonly lang?: Value;
  readonly dir?: "ltr" | "auto";
  readonly colspan?: Value;
  readonly scope?: "col" | "row";
  readonly type?: "button" | "checkbox" | "search" | "radio";
  readonly name?: Value;
  readonly value?: Value;
  readonly for?: Value;
  readonly checked?: Value;
  readonly selected?: Value;
  readonly label?: Value;
  readonly placeholder?: Value;
  readonly autocomplete?: Value;
  readonly spellcheck?: Value;
  readonly datetime?: Value;
  readonly viewBox?: Value;
  readonly width?: Value;
  readonly height?: Value;
  readonly x?: Value;
  readonly y?: Value;
  readonly x1?: Value;
  readonly y1?: Value;
  readonly x2?: Value;
  readonly y2?: Value;
  readonly rx?: Value;
  readonly d?: Value;
  readonly patternUnits?: Value;
  readonly patternTransform?: Value;
  readonly "text-anchor"?: "start" | "end" | "middle";
}

/** Elements of SVG, which a browser makes in a namespace of their own. */
export const svgTags: ReadonlySet<string> = new Set(["svg", "g", "rect", "line", "path", "text", "tspan", "defs", "pattern"]);

/** Makes a branch: `h("p", { class: "advice" }, "Send ", h("code", {}, name))`. */
export function h(tag: string, attributes: Attributes, ...children: readonly Tree[]): Branch {
  return { tag, attributes, children };
}
