

export interface ArchiveProductRequest {
  'sku'?: (string);
  'etag'?: (string);
}

export interface ArchiveProductRequest__Output {
  'sku': (string);
  'etag': (string);
}
