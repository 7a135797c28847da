# METADATA
# scope: package
# title: Variable without a type
# description: "Anything is taken for it, and what does not fit fails somewhere else, or does something else."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/values/variables#type-constraints
# custom:
#   id: terraform/variable-untyped
#   severity: low
#   remediation: "Give it a `type`."
#   profiles:
#     - strict
package terraform.variable_untyped

import rego.v1

deny contains result if {
	some name, index
	variable := input.variable[name][index]
	is_object(variable)
	not variable.type
	result := {
		"msg": sprintf("variable `%s` has no type", [name]),
		"path": ["variable", name, index],
	}
}
