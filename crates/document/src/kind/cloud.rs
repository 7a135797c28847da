//! Templates of clouds: AWS CloudFormation and Azure Resource Manager. Nothing of them is evaluated.

use model::{DocumentKind, Format, Node};

use super::{Teller, members};

pub(super) const CLOUDFORMATION: Teller = Teller {
    kind: DocumentKind::CloudFormation,
    formats: &[Format::Yaml, Format::Json],
    is_named: |_| false,
    is_such: is_cloudformation,
    may_be_such: |text| text.may_have_any(&["AWSTemplateFormatVersion", "Resources"]),
};

pub(super) const ARM: Teller = Teller {
    kind: DocumentKind::Arm,
    formats: &[Format::Json, Format::Jsonc],
    is_named: |_| false,
    is_such: is_arm,
    may_be_such: |text| text.may_have("schema"),
};

/// Types of resources that only AWS has.
const TYPES: [&str; 3] = ["AWS::", "Custom::", "Alexa::"];

fn is_cloudformation(root: &Node) -> bool {
    let is_resource = |resource: &Node| {
        let kind = resource.get("Type").and_then(Node::as_str).unwrap_or_default();
        TYPES.iter().any(|prefix| kind.starts_with(prefix))
    };
    root.get("AWSTemplateFormatVersion").is_some()
        || root.get("Resources").is_some_and(|resources| members(resources).any(|(_, resource)| is_resource(resource)))
}

/// `https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#`, and those of subscriptions and tenants.
fn is_arm(root: &Node) -> bool {
    let schema = root.get("$schema").and_then(Node::as_str).unwrap_or_default().to_ascii_lowercase();
    schema.contains("schema.management.azure.com") && schema.contains("deploymenttemplate.json")
}
