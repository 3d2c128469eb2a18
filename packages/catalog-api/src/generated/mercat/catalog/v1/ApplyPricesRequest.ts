
import type { SourcePrice as _mercat_catalog_v1_SourcePrice, SourcePrice__Output as _mercat_catalog_v1_SourcePrice__Output } from '../../../mercat/catalog/v1/SourcePrice.ts';
import type { Long } from '@grpc/proto-loader';

export interface ApplyPricesRequest {
  'source'?: (string);
  'sequence'?: (number | string | Long);
  'prices'?: (_mercat_catalog_v1_SourcePrice)[];
}

export interface ApplyPricesRequest__Output {
  'source': (string);
  'sequence': (number);
  'prices': (_mercat_catalog_v1_SourcePrice__Output)[];
}
