# METADATA
# scope: package
# title: Variable without a description
# description: "Whoever uses the module has to read its code to know what to give."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/values/variables#input-variable-documentation
# custom:
#   id: terraform/variable-undescribed
#   severity: low
#   remediation: "Say in `description` what it is for."
#   profiles:
#     - strict
package terraform.variable_undescribed

import rego.v1

deny contains result if {
	some name, index
	variable := input.variable[name][index]
	is_object(variable)
	is_empty(object.get(variable, "description", ""))
	result := {
		"msg": sprintf("variable `%s` has no description", [name]),
		"path": ["variable", name, index],
	}
}

is_empty(text) if {
	is_string(text)
	trim_space(text) == ""
}
