
import type { Product as _mercat_catalog_v1_Product, Product__Output as _mercat_catalog_v1_Product__Output } from '../../../mercat/catalog/v1/Product.ts';

export interface BatchGetProductsResponse {
  'products'?: (_mercat_catalog_v1_Product)[];
}

export interface BatchGetProductsResponse__Output {
  'products': (_mercat_catalog_v1_Product__Output)[];
}
