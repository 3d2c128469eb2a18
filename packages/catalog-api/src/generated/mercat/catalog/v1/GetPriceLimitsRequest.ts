

export interface GetPriceLimitsRequest {
  'sku'?: (string);
}

export interface GetPriceLimitsRequest__Output {
  'sku': (string);
}
