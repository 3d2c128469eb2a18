

export interface ListSynonymsRequest {
  'pageSize'?: (number);
  'pageToken'?: (string);
}

export interface ListSynonymsRequest__Output {
  'pageSize': (number);
  'pageToken': (string);
}
