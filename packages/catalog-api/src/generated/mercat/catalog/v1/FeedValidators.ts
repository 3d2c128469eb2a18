

export interface FeedValidators {
  'etag'?: (string);
  'lastModified'?: (string);
  'settingsDigest'?: (string);
}

export interface FeedValidators__Output {
  'etag': (string);
  'lastModified': (string);
  'settingsDigest': (string);
}
