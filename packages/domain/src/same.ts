/** True when two plain JSON values say the same, whatever the order of their fields. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [fields, others] = [Object.keys(one), Object.keys(other)];
  return (
    fields.length === others.length &&
    fields.every((field) => Object.hasOwn(other, field) && sameJson(Reflect.get(one, field), Reflect.get(other, field)))
  );
}
