
export const Collapse = {
  COLLAPSE_UNSPECIFIED: 'COLLAPSE_UNSPECIFIED',
  COLLAPSE_GROUP: 'COLLAPSE_GROUP',
} as const;

export type Collapse =
  | 'COLLAPSE_UNSPECIFIED'
  | 0
  | 'COLLAPSE_GROUP'
  | 1

export type Collapse__Output = typeof Collapse[keyof typeof Collapse]
