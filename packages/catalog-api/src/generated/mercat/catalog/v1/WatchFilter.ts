

export interface WatchFilter {
  'skus'?: (string)[];
  'productsOnly'?: (boolean);
}

export interface WatchFilter__Output {
  'skus': (string)[];
  'productsOnly': (boolean);
}
