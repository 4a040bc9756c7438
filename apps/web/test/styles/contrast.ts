/** A colour as it is seen: linear red, green and blue, 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** OKLCH in linear sRGB (Ottosson's matrices), what lies outside the screen's range clipped as browsers draw it. */
export function linear(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Contrast of two colours after WCAG 2: 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The colours of a style sheet whose tokens read `--color-x: light-dark(oklch(..), oklch(..))`, by name. */
export function pairsIn(css: string): Map<string, { readonly light: Rgb; readonly dark: Rgb }> {
  const one = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;
  const token = new RegExp(String.raw`--color-([\w-]+): light-dark\(${one}, ${one}\);`, 'g');
  return new Map(
    [...css.matchAll(token)].map(([, name = '', ...numbers]) => {
      const [l1 = 0, c1 = 0, h1 = 0, l2 = 0, c2 = 0, h2 = 0] = numbers.map(Number);
      return [name, { light: linear(l1, c1, h1), dark: linear(l2, c2, h2) }];
    }),
  );
}
