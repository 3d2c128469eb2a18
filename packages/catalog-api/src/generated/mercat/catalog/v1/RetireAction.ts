
export const RetireAction = {
  RETIRE_ACTION_UNSPECIFIED: 'RETIRE_ACTION_UNSPECIFIED',
  RETIRE_ACTION_SOLD_OUT: 'RETIRE_ACTION_SOLD_OUT',
  RETIRE_ACTION_ARCHIVE: 'RETIRE_ACTION_ARCHIVE',
} as const;

export type RetireAction =
  | 'RETIRE_ACTION_UNSPECIFIED'
  | 0
  | 'RETIRE_ACTION_SOLD_OUT'
  | 1
  | 'RETIRE_ACTION_ARCHIVE'
  | 2

export type RetireAction__Output = typeof RetireAction[keyof typeof RetireAction]
