# METADATA
# scope: package
# title: Provider without a version
# description: "The next `init` without a lockfile takes the newest one there is, a new major version too."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/providers/requirements#version-constraints
# custom:
#   id: terraform/provider-not-pinned
#   severity: medium
#   remediation: "Give it a `version` such as `~> 5.60`, and commit `.terraform.lock.hcl`."
#   profiles:
#     - recommended
#     - strict
package terraform.provider_not_pinned

import rego.v1

deny contains result if {
	some index, at, name
	wanted := input.terraform[index].required_providers[at][name]
	is_object(wanted)
	not is_builtin(wanted)
	object.get(wanted, "version", "") == ""
	result := {
		"msg": sprintf("provider `%s` has no version", [name]),
		"path": ["terraform", index, "required_providers", at, name],
	}
}

# Comes with Terraform itself.
is_builtin(wanted) if {
	is_string(wanted.source)
	startswith(wanted.source, "terraform.io/builtin/")
}
