import { integer, list, oneOf, string, structure, timestamp } from '../protocol/shape.ts';

// Source for all shapes here: wire.md, section 8.1.

/** The name of a fleet, device, packaging job, plan, stage or model; unlike in sagemaker-edge without underscores. */
export const entityName = string({ min: 1, max: 63, pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}' });

/** The ARN of an IAM role; nothing takes it on. */
export const roleArn = string({
  min: 20,
  max: 2048,
  pattern: 'arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
});

const kmsKey = string({ max: 2048, pattern: '[a-zA-Z0-9:/_-]*' });

/** The KMS key of a packaging job; nothing is encrypted with it. */
export const resourceKey = kmsKey;

const presets = {
  KmsKeyId: kmsKey,
  PresetDeploymentType: oneOf(['GreengrassV2Component']),
  PresetDeploymentConfig: string(),
};

/** Where a fleet's devices put their samples. */
export const outputConfig = structure(
  { S3OutputLocation: string({ max: 1024, pattern: '(https|s3)://([^/]+)/?(.*)' }) },
  presets,
);

/** That of a packaging job: devices take artifacts from s3:// only. Source: wire.md, section 5. */
export const artifactOutputConfig = structure(
  { S3OutputLocation: string({ max: 1024, pattern: 's3://([^/]+)/?(.*)' }) },
  presets,
);

const tagPattern = { pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)', unicode: true };

/** Tags in requests. */
export const tags = list(
  structure({ Key: string({ min: 1, max: 128, ...tagPattern }), Value: string({ max: 256, ...tagPattern }) }),
  { max: 50 },
);

/** The token of a page. */
export const nextToken = string({ max: 8192 });

/** The size of a page. */
export const maxResults = integer({ min: 1, max: 100 });

/** The size of a page where the request does not say. */
export const pageLimit = 100;

/** A part of a name to look for. */
export const namePart = string({ max: 63, pattern: '[a-zA-Z0-9\\-]+' });

/** The members that the lists of fleets, packaging jobs and plans have in common. */
export const listMembers = {
  NextToken: nextToken,
  MaxResults: maxResults,
  CreationTimeAfter: timestamp,
  CreationTimeBefore: timestamp,
  LastModifiedTimeAfter: timestamp,
  LastModifiedTimeBefore: timestamp,
  NameContains: namePart,
  SortOrder: oneOf(['Ascending', 'Descending']),
};
