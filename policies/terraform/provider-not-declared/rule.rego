# METADATA
# scope: package
# title: Provider that is set up and not required
# description: "Terraform guesses where it comes from, and takes the newest version there is."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/providers/requirements
# custom:
#   id: terraform/provider-not-declared
#   severity: low
#   remediation: "List it in `required_providers` with its source and a version."
#   input: documents
#   profiles:
#     - strict
package terraform.provider_not_declared

import rego.v1

deny contains result if {
	some name
	data.lib.terraform.modules[name]
	some place in data.lib.terraform.modules[name]
	some kind, index
	body := input[place].contents.provider[kind][index]
	is_object(body)
	object.get(body, "version", "") == ""
	kind != "terraform"
	not is_declared(name, kind)
	result := {
		"msg": sprintf("provider `%s` is not among the required ones", [kind]),
		"path": [place, "contents", "provider", kind, index],
	}
}

is_declared(name, kind) if {
	settings := data.lib.terraform.settings(name)
	settings[_].required_providers[_][kind]
}
