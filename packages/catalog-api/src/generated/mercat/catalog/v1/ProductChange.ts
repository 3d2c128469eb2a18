
import type { Product as _mercat_catalog_v1_Product, Product__Output as _mercat_catalog_v1_Product__Output } from '../../../mercat/catalog/v1/Product.ts';
import type { PriceChange as _mercat_catalog_v1_PriceChange, PriceChange__Output as _mercat_catalog_v1_PriceChange__Output } from '../../../mercat/catalog/v1/PriceChange.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';
import type { Long } from '@grpc/proto-loader';

export interface ProductChange {
  'sku'?: (string);
  'product'?: (_mercat_catalog_v1_Product | null);
  'price'?: (_mercat_catalog_v1_PriceChange | null);
  'availableQuantity'?: (number | string | Long);
  'changeTime'?: (_google_protobuf_Timestamp | null);
  'change'?: "product"|"price"|"availableQuantity";
}

export interface ProductChange__Output {
  'sku': (string);
  'product'?: (_mercat_catalog_v1_Product__Output | null);
  'price'?: (_mercat_catalog_v1_PriceChange__Output | null);
  'availableQuantity'?: (number);
  'changeTime': (_google_protobuf_Timestamp__Output | null);
  'change'?: "product"|"price"|"availableQuantity";
}
