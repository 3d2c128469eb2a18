
export const SalesKey = {
  SALES_KEY_UNSPECIFIED: 'SALES_KEY_UNSPECIFIED',
  SALES_KEY_SKU: 'SALES_KEY_SKU',
  SALES_KEY_CATEGORY: 'SALES_KEY_CATEGORY',
  SALES_KEY_STATUS: 'SALES_KEY_STATUS',
} as const;

export type SalesKey =
  | 'SALES_KEY_UNSPECIFIED'
  | 0
  | 'SALES_KEY_SKU'
  | 1
  | 'SALES_KEY_CATEGORY'
  | 2
  | 'SALES_KEY_STATUS'
  | 3

export type SalesKey__Output = typeof SalesKey[keyof typeof SalesKey]
