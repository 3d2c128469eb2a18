
import type { ListedProduct as _mercat_catalog_v1_ListedProduct, ListedProduct__Output as _mercat_catalog_v1_ListedProduct__Output } from '../../../mercat/catalog/v1/ListedProduct.ts';

export interface ListProductsResponse {
  'products'?: (_mercat_catalog_v1_ListedProduct)[];
  'nextPageToken'?: (string);
}

export interface ListProductsResponse__Output {
  'products': (_mercat_catalog_v1_ListedProduct__Output)[];
  'nextPageToken': (string);
}
