# METADATA
# scope: package
# title: Secret as the default of a variable
# description: "It stands in the repository, and everybody who does not give another runs with it."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/values/variables#default
# custom:
#   id: terraform/secret-default
#   severity: high
#   remediation: "Take the default out, change the secret, and give it from a secret store."
#   profiles:
#     - recommended
#     - strict
package terraform.secret_default

import rego.v1

deny contains result if {
	some name, index
	variable := input.variable[name][index]
	value := variable.default
	data.lib.secrets.is_disclosed(name, value)
	result := {
		"msg": sprintf("the default of `%s` is a secret in plain text", [name]),
		"path": ["variable", name, index, "default"],
		"conceal": data.lib.secrets.concealed(name, value),
	}
}
