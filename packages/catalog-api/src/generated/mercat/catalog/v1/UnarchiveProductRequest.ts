

export interface UnarchiveProductRequest {
  'sku'?: (string);
  'etag'?: (string);
}

export interface UnarchiveProductRequest__Output {
  'sku': (string);
  'etag': (string);
}
