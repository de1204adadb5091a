/** A family of moves as people read it: `cross_body_lead` is "cross body lead". */
export function moveName(label: string): string {
  return label.replaceAll('_', ' ');
}
