

export interface ListSourceSkusRequest {
  'source'?: (string);
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface ListSourceSkusRequest__Output {
  'source': (string);
  'pageSize': (number);
  'pageToken': (string);
}
