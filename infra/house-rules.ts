import { CloudFormationValidatePlugin } from 'aws-cdk-lib';

/**
 * Rules of the house in Guard's language, beside AWS's own rules of form: a template that breaks one is not synthesized,
 * whichever construct made it.
 */
export function checkHouseRules(): CloudFormationValidatePlugin {
  return new CloudFormationValidatePlugin({ guardRules: Object.entries(rules).map(([name, content]) => ({ name, content })) });
}

const rules: Readonly<Record<string, string>> = {
  'athena-cut-off': `
let workgroups = Resources.*[ Type == 'AWS::Athena::WorkGroup' ]
rule athena_cut_off when %workgroups !empty {
  %workgroups.Properties.WorkGroupConfiguration.EnforceWorkGroupConfiguration == true
  %workgroups.Properties.WorkGroupConfiguration.BytesScannedCutoffPerQuery <= 10737418240
}`,
  'no-public-bucket': `
let buckets = Resources.*[ Type == 'AWS::S3::Bucket' ]
rule no_public_bucket when %buckets !empty {
  %buckets.Properties.PublicAccessBlockConfiguration.BlockPublicAcls == true
  %buckets.Properties.PublicAccessBlockConfiguration.BlockPublicPolicy == true
  %buckets.Properties.PublicAccessBlockConfiguration.IgnorePublicAcls == true
  %buckets.Properties.PublicAccessBlockConfiguration.RestrictPublicBuckets == true
}`,
  'data-is-kept': `
let kept = Resources.*[ Type in ['AWS::S3::Bucket', 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'] ]
rule data_is_kept when %kept !empty {
  %kept.DeletionPolicy == 'Retain'
  %kept.UpdateReplacePolicy == 'Retain'
}`,
  'no-wide-action': `
let policies = Resources.*[ Type == 'AWS::IAM::Policy' ]
rule no_wide_action when %policies !empty {
  %policies.Properties.PolicyDocument.Statement[ Effect == 'Allow' ].Action not in [ /\\*/ ]
}`,
  'bot-never-writes': `
let bot = Resources.*[ Type == 'AWS::IAM::Policy' some Properties.PolicyDocument.Statement[*].Sid == 'AskAthena' ]
rule bot_never_writes when %bot !empty {
  %bot.Properties.PolicyDocument.Statement[ Effect == 'Allow' ].Action not in
    [ /^s3:(Put|Delete|Create|Restore|Replicate|Abort)/, /^glue:(Create|Update|Delete|Put|BatchCreate|BatchUpdate|BatchDelete)/, /^(lambda|iam|sts|lakeformation):/, /^athena:(Create|Update|Delete)/ ]
  %bot {
    some Properties.PolicyDocument.Statement[*].Sid == 'NeverWriteFiles'
    some Properties.PolicyDocument.Statement[*].Sid == 'NeverChangeCatalog'
  }
}`,
  'no-ingress': `
let groups = Resources.*[ Type == 'AWS::EC2::SecurityGroup' ]
rule no_ingress when %groups !empty {
  %groups.Properties.SecurityGroupIngress not exists
}`,
};
