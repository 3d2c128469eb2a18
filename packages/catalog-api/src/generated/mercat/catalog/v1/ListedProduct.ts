
import type { Product as _mercat_catalog_v1_Product, Product__Output as _mercat_catalog_v1_Product__Output } from '../../../mercat/catalog/v1/Product.ts';
import type { Long } from '@grpc/proto-loader';

export interface ListedProduct {
  'product'?: (_mercat_catalog_v1_Product | null);
  'onHand'?: (number | string | Long);
  'contentSource'?: (string);
  'priceSource'?: (string);
  'quantitySource'?: (string);
}

export interface ListedProduct__Output {
  'product': (_mercat_catalog_v1_Product__Output | null);
  'onHand': (number);
  'contentSource': (string);
  'priceSource': (string);
  'quantitySource': (string);
}
