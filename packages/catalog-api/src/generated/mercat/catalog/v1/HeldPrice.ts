
import type { Money as _mercat_catalog_v1_Money, Money__Output as _mercat_catalog_v1_Money__Output } from '../../../mercat/catalog/v1/Money.ts';
import type { PriceOpinion as _mercat_catalog_v1_PriceOpinion, PriceOpinion__Output as _mercat_catalog_v1_PriceOpinion__Output } from '../../../mercat/catalog/v1/PriceOpinion.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';

export interface HeldPrice {
  'id'?: (string);
  'sku'?: (string);
  'title'?: (string);
  'source'?: (string);
  'oldPrice'?: (_mercat_catalog_v1_Money | null);
  'newPrice'?: (_mercat_catalog_v1_Money | null);
  'currentPrice'?: (_mercat_catalog_v1_Money | null);
  'rule'?: (string);
  'figures'?: ({[key: string]: number | string});
  'opinions'?: (_mercat_catalog_v1_PriceOpinion)[];
  'since'?: (_google_protobuf_Timestamp | null);
  'until'?: (_google_protobuf_Timestamp | null);
}

export interface HeldPrice__Output {
  'id': (string);
  'sku': (string);
  'title': (string);
  'source': (string);
  'oldPrice': (_mercat_catalog_v1_Money__Output | null);
  'newPrice': (_mercat_catalog_v1_Money__Output | null);
  'currentPrice': (_mercat_catalog_v1_Money__Output | null);
  'rule': (string);
  'figures': ({[key: string]: number});
  'opinions': (_mercat_catalog_v1_PriceOpinion__Output)[];
  'since': (_google_protobuf_Timestamp__Output | null);
  'until': (_google_protobuf_Timestamp__Output | null);
}
