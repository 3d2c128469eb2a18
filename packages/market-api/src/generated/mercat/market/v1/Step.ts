
export const Step = {
  STEP_UNSPECIFIED: 'STEP_UNSPECIFIED',
  STEP_SECOND: 'STEP_SECOND',
  STEP_MINUTE: 'STEP_MINUTE',
  STEP_HOUR: 'STEP_HOUR',
  STEP_DAY: 'STEP_DAY',
} as const;

export type Step =
  | 'STEP_UNSPECIFIED'
  | 0
  | 'STEP_SECOND'
  | 1
  | 'STEP_MINUTE'
  | 2
  | 'STEP_HOUR'
  | 3
  | 'STEP_DAY'
  | 4

export type Step__Output = typeof Step[keyof typeof Step]
