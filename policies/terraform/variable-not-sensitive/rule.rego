# METADATA
# scope: package
# title: Secret in a variable that is shown
# description: "Plans and logs of a pipeline show its value to all who can read them."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/values/variables#suppressing-values-in-cli-output
# custom:
#   id: terraform/variable-not-sensitive
#   severity: medium
#   remediation: "Set `sensitive = true`, or `ephemeral = true` where nothing has to keep it."
#   profiles:
#     - recommended
#     - strict
package terraform.variable_not_sensitive

import rego.v1

deny contains result if {
	some name, index
	variable := input.variable[name][index]
	is_object(variable)
	data.lib.secrets.is_secret_name(name)
	not is_hidden(variable)
	not holds_no_secret(variable)
	result := {
		"msg": sprintf("variable `%s` is shown in plans and logs", [name]),
		"path": ["variable", name, index],
	}
}

is_hidden(variable) if variable[["sensitive", "ephemeral"][_]] == true

# A switch or a number is none: `create_access_key`, `max_token`.
holds_no_secret(variable) if variable.type in {"${bool}", "${number}"}

holds_no_secret(variable) if is_boolean(variable.default)
