
export const PriceStep = {
  PRICE_STEP_UNSPECIFIED: 'PRICE_STEP_UNSPECIFIED',
  PRICE_STEP_MINUTE: 'PRICE_STEP_MINUTE',
  PRICE_STEP_HOUR: 'PRICE_STEP_HOUR',
  PRICE_STEP_DAY: 'PRICE_STEP_DAY',
} as const;

export type PriceStep =
  | 'PRICE_STEP_UNSPECIFIED'
  | 0
  | 'PRICE_STEP_MINUTE'
  | 1
  | 'PRICE_STEP_HOUR'
  | 2
  | 'PRICE_STEP_DAY'
  | 3

export type PriceStep__Output = typeof PriceStep[keyof typeof PriceStep]
