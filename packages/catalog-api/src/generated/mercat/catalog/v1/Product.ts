
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';
import type { LowestPrice as _mercat_catalog_v1_LowestPrice, LowestPrice__Output as _mercat_catalog_v1_LowestPrice__Output } from '../../../mercat/catalog/v1/LowestPrice.ts';
import type { Long } from '@grpc/proto-loader';


export const _mercat_catalog_v1_Product_State = {
  STATE_UNSPECIFIED: 'STATE_UNSPECIFIED',
  STATE_ACTIVE: 'STATE_ACTIVE',
  STATE_ARCHIVED: 'STATE_ARCHIVED',
} as const;

export type _mercat_catalog_v1_Product_State =
  | 'STATE_UNSPECIFIED'
  | 0
  | 'STATE_ACTIVE'
  | 1
  | 'STATE_ARCHIVED'
  | 2

export type _mercat_catalog_v1_Product_State__Output = typeof _mercat_catalog_v1_Product_State[keyof typeof _mercat_catalog_v1_Product_State]

export interface Product {
  'sku'?: (string);
  'title'?: (string);
  'description'?: (string);
  'brand'?: (string);
  'category'?: (string);
  'price'?: (_mercat_catalog_v1_Money | null);
  'attributes'?: ({[key: string]: string});
  'imageUrls'?: (string)[];
  'state'?: (_mercat_catalog_v1_Product_State);
  'availableQuantity'?: (number | string | Long);
  'etag'?: (string);
  'createTime'?: (_google_protobuf_Timestamp | null);
  'updateTime'?: (_google_protobuf_Timestamp | null);
  'group'?: (string);
  'lowestPrice30d'?: (_mercat_catalog_v1_LowestPrice | null);
}

export interface Product__Output {
  'sku': (string);
  'title': (string);
  'description': (string);
  'brand': (string);
  'category': (string);
  'price': (_mercat_catalog_v1_Money__Output | null);
  'attributes': ({[key: string]: string});
  'imageUrls': (string)[];
  'state': (_mercat_catalog_v1_Product_State__Output);
  'availableQuantity': (number);
  'etag': (string);
  'createTime': (_google_protobuf_Timestamp__Output | null);
  'updateTime': (_google_protobuf_Timestamp__Output | null);
  'group': (string);
  'lowestPrice30d': (_mercat_catalog_v1_LowestPrice__Output | null);
}
