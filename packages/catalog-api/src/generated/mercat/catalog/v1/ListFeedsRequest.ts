

export interface ListFeedsRequest {
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface ListFeedsRequest__Output {
  'pageSize': (number);
  'pageToken': (string);
}
