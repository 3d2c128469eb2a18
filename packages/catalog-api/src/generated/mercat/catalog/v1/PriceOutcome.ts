


export const _mercat_catalog_v1_PriceOutcome_Result = {
  RESULT_UNSPECIFIED: 'RESULT_UNSPECIFIED',
  RESULT_APPLIED: 'RESULT_APPLIED',
  RESULT_UNCHANGED: 'RESULT_UNCHANGED',
  RESULT_HELD: 'RESULT_HELD',
  RESULT_UNKNOWN: 'RESULT_UNKNOWN',
  RESULT_ARCHIVED: 'RESULT_ARCHIVED',
  RESULT_OTHER_SOURCE: 'RESULT_OTHER_SOURCE',
} as const;

export type _mercat_catalog_v1_PriceOutcome_Result =
  | 'RESULT_UNSPECIFIED'
  | 0
  | 'RESULT_APPLIED'
  | 1
  | 'RESULT_UNCHANGED'
  | 2
  | 'RESULT_HELD'
  | 3
  | 'RESULT_UNKNOWN'
  | 4
  | 'RESULT_ARCHIVED'
  | 5
  | 'RESULT_OTHER_SOURCE'
  | 6

export type _mercat_catalog_v1_PriceOutcome_Result__Output = typeof _mercat_catalog_v1_PriceOutcome_Result[keyof typeof _mercat_catalog_v1_PriceOutcome_Result]

export interface PriceOutcome {
  'sku'?: (string);
  'result'?: (_mercat_catalog_v1_PriceOutcome_Result);
  'holdId'?: (string);
}

export interface PriceOutcome__Output {
  'sku': (string);
  'result': (_mercat_catalog_v1_PriceOutcome_Result__Output);
  'holdId': (string);
}
