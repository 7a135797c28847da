# METADATA
# scope: package
# title: No version of Terraform is asked for
# description: "Whoever runs another version writes a state that yours cannot read, or plans something else than you reviewed."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/terraform#required_version
# custom:
#   id: terraform/required-version-missing
#   severity: low
#   remediation: "Set `required_version` in the `terraform` block, such as `~> 1.9`."
#   input: documents
#   profiles:
#     - strict
package terraform.required_version_missing

import rego.v1

deny contains result if {
	some name
	data.lib.terraform.modules[name]
	not has_version(name)
	places := [place |
		some place in data.lib.terraform.modules[name]
		is_code(input[place].contents)
	]
	count(places) > 0
	place := preferred(places)
	result := {
		"msg": "no version of Terraform is asked for",
		"path": array.concat([place, "contents"], within(input[place].contents)),
	}
}

# Values for variables alone ask for nothing.
is_code(contents) if contents[["terraform", "resource", "module", "provider", "data"][_]]

has_version(name) if {
	settings := data.lib.terraform.settings(name)
	object.get(settings[_], "required_version", "") != ""
}

# The file whose `terraform` block lacks it; else the first.
preferred(places) := with_block[0] if {
	with_block := [place | some place in places; is_object(input[place].contents.terraform[0])]
	count(with_block) > 0
} else := places[0]

within(contents) := ["terraform", 0] if {
	is_object(contents.terraform[0])
} else := []
