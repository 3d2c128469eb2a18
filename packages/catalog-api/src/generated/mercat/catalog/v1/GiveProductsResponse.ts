

export interface GiveProductsResponse {
  'changedCount'?: (number);
}

export interface GiveProductsResponse__Output {
  'changedCount': (number);
}
