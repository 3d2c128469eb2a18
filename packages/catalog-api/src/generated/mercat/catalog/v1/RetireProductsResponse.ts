

export interface RetireProductsResponse {
  'changedSkus'?: (string)[];
}

export interface RetireProductsResponse__Output {
  'changedSkus': (string)[];
}
