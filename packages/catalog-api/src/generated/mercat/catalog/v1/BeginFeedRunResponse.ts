
import type { Duration as _google_protobuf_Duration, Duration__Output as _google_protobuf_Duration__Output } from '../../../google/protobuf/Duration.ts';
import type { FeedValidators as _mercat_catalog_v1_FeedValidators, FeedValidators__Output as _mercat_catalog_v1_FeedValidators__Output } from '../../../mercat/catalog/v1/FeedValidators.ts';
import type { Long } from '@grpc/proto-loader';

export interface BeginFeedRunResponse {
  'runNumber'?: (number | string | Long);
  'leaseDuration'?: (_google_protobuf_Duration | null);
  'validators'?: (_mercat_catalog_v1_FeedValidators | null);
  'heldPriceCount'?: (number | string | Long);
}

export interface BeginFeedRunResponse__Output {
  'runNumber': (number);
  'leaseDuration': (_google_protobuf_Duration__Output | null);
  'validators': (_mercat_catalog_v1_FeedValidators__Output | null);
  'heldPriceCount': (number);
}
