/** Names of the families, in their order on the page. They are in its address, in its words, and in the names of the looks that are kept. */
export const familyNames = [
  'colour',
  'type',
  'mark',
  'control',
  'form',
  'dialog',
  'notice',
  'time',
  'queue',
  'table',
  'panel',
  'chart',
  'heat',
  'wall-list',
  'wall-number',
] as const
export type FamilyName = (typeof familyNames)[number]
