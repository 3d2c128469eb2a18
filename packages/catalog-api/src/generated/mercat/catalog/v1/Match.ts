
export const Match = {
  MATCH_UNSPECIFIED: 'MATCH_UNSPECIFIED',
  MATCH_ALL: 'MATCH_ALL',
  MATCH_SOME: 'MATCH_SOME',
  MATCH_CORRECTED: 'MATCH_CORRECTED',
} as const;

export type Match =
  | 'MATCH_UNSPECIFIED'
  | 0
  | 'MATCH_ALL'
  | 1
  | 'MATCH_SOME'
  | 2
  | 'MATCH_CORRECTED'
  | 3

export type Match__Output = typeof Match[keyof typeof Match]
