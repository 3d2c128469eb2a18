
import type { FeedRun as _mercat_catalog_v1_FeedRun, FeedRun__Output as _mercat_catalog_v1_FeedRun__Output } from '../../../mercat/catalog/v1/FeedRun.ts';
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';
import type { Long } from '@grpc/proto-loader';

export interface Feed {
  'name'?: (string);
  'lastRun'?: (_mercat_catalog_v1_FeedRun | null);
  'lastSyncTime'?: (_google_protobuf_Timestamp | null);
  'heldPriceCount'?: (number | string | Long);
}

export interface Feed__Output {
  'name': (string);
  'lastRun': (_mercat_catalog_v1_FeedRun__Output | null);
  'lastSyncTime': (_google_protobuf_Timestamp__Output | null);
  'heldPriceCount': (number);
}
