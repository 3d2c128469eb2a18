

export interface ListHeldPricesRequest {
  'source'?: (string);
  'sku'?: (string);
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface ListHeldPricesRequest__Output {
  'source': (string);
  'sku': (string);
  'pageSize': (number);
  'pageToken': (string);
}
