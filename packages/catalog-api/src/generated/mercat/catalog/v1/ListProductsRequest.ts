

export interface ListProductsRequest {
  'pageSize'?: (number);
  'pageToken'?: (string);
  'source'?: (string);
}

export interface ListProductsRequest__Output {
  'pageSize': (number);
  'pageToken': (string);
  'source': (string);
}
