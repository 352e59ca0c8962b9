/** Stands for the stack that owns the cluster of an example. */
exports.bedrockRoleArn = 'arn:aws:iam::111122223333:role/bedrock';
