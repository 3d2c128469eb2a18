

export interface ListStockMovementsRequest {
  'sku'?: (string);
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface ListStockMovementsRequest__Output {
  'sku': (string);
  'pageSize': (number);
  'pageToken': (string);
}
