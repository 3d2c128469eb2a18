
import type { Timestamp as _google_protobuf_Timestamp, Timestamp__Output as _google_protobuf_Timestamp__Output } from '../../../google/protobuf/Timestamp.ts';
import type { FeedRunOutcome as _mercat_catalog_v1_FeedRunOutcome, FeedRunOutcome__Output as _mercat_catalog_v1_FeedRunOutcome__Output } from '../../../mercat/catalog/v1/FeedRunOutcome.ts';
import type { FeedRunCounts as _mercat_catalog_v1_FeedRunCounts, FeedRunCounts__Output as _mercat_catalog_v1_FeedRunCounts__Output } from '../../../mercat/catalog/v1/FeedRunCounts.ts';
import type { Long } from '@grpc/proto-loader';

export interface FeedRun {
  'number'?: (number | string | Long);
  'startTime'?: (_google_protobuf_Timestamp | null);
  'endTime'?: (_google_protobuf_Timestamp | null);
  'outcome'?: (_mercat_catalog_v1_FeedRunOutcome);
  'reason'?: (string);
  'counts'?: (_mercat_catalog_v1_FeedRunCounts | null);
  'leaseEndTime'?: (_google_protobuf_Timestamp | null);
}

export interface FeedRun__Output {
  'number': (number);
  'startTime': (_google_protobuf_Timestamp__Output | null);
  'endTime': (_google_protobuf_Timestamp__Output | null);
  'outcome': (_mercat_catalog_v1_FeedRunOutcome__Output);
  'reason': (string);
  'counts': (_mercat_catalog_v1_FeedRunCounts__Output | null);
  'leaseEndTime': (_google_protobuf_Timestamp__Output | null);
}
