
import type { Product as _mercat_catalog_v1_Product, Product__Output as _mercat_catalog_v1_Product__Output } from '../../../mercat/catalog/v1/Product.ts';

export interface GetProductResponse {
  'product'?: (_mercat_catalog_v1_Product | null);
}

export interface GetProductResponse__Output {
  'product': (_mercat_catalog_v1_Product__Output | null);
}
