# METADATA
# scope: package
# title: Output without a description
# description: "Whoever uses the module has to read its code to know what comes out of it."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/values/outputs#description
# custom:
#   id: terraform/output-undescribed
#   severity: low
#   remediation: "Say in `description` what it is."
#   profiles:
#     - strict
package terraform.output_undescribed

import rego.v1

deny contains result if {
	some name, index
	output := input.output[name][index]
	is_object(output)
	is_empty(object.get(output, "description", ""))
	result := {
		"msg": sprintf("output `%s` has no description", [name]),
		"path": ["output", name, index],
	}
}

is_empty(text) if {
	is_string(text)
	trim_space(text) == ""
}
