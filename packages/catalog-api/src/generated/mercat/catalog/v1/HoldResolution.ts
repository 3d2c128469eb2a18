
export const HoldResolution = {
  HOLD_RESOLUTION_UNSPECIFIED: 'HOLD_RESOLUTION_UNSPECIFIED',
  HOLD_RESOLUTION_APPROVE: 'HOLD_RESOLUTION_APPROVE',
  HOLD_RESOLUTION_REJECT: 'HOLD_RESOLUTION_REJECT',
} as const;

export type HoldResolution =
  | 'HOLD_RESOLUTION_UNSPECIFIED'
  | 0
  | 'HOLD_RESOLUTION_APPROVE'
  | 1
  | 'HOLD_RESOLUTION_REJECT'
  | 2

export type HoldResolution__Output = typeof HoldResolution[keyof typeof HoldResolution]
