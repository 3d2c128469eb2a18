

export interface BatchGetProductsRequest {
  'skus'?: (string)[];
}

export interface BatchGetProductsRequest__Output {
  'skus': (string)[];
}
