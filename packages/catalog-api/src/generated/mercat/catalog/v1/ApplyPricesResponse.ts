
import type { PriceOutcome as _mercat_catalog_v1_PriceOutcome, PriceOutcome__Output as _mercat_catalog_v1_PriceOutcome__Output } from '../../../mercat/catalog/v1/PriceOutcome.ts';
import type { Long } from '@grpc/proto-loader';

export interface ApplyPricesResponse {
  'outcomes'?: (_mercat_catalog_v1_PriceOutcome)[];
  'lastSequence'?: (number | string | Long);
}

export interface ApplyPricesResponse__Output {
  'outcomes': (_mercat_catalog_v1_PriceOutcome__Output)[];
  'lastSequence': (number);
}
