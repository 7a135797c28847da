# METADATA
# scope: package
# title: Credentials in a backend
# description: "They stand in the repository, in the plan and below `.terraform` on every machine that ran `init`, and open the state with all that is in it."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/backend#credentials-and-sensitive-data
# custom:
#   id: terraform/backend-credentials
#   severity: high
#   remediation: "Take it out, change it, and give it by the environment or `-backend-config`."
#   profiles:
#     - recommended
#     - strict
package terraform.backend_credentials

import rego.v1

deny contains result if {
	some index, kind, at, name
	value := input.terraform[index].backend[kind][at][name]
	is_credential(name, value)
	result := {
		"msg": sprintf("`%s` of the backend `%s` stands in the file", [name, kind]),
		"path": ["terraform", index, "backend", kind, at, name],
		"conceal": [value],
	}
}

is_credential(name, value) if {
	name in {"access_key", "secret_key", "sas_token", "client_secret", "password", "token", "access_token", "encryption_key", "credentials"}
	is_string(value)
	value != ""
	not data.lib.terraform.is_computed(value)
	not data.lib.secrets.is_reference(value)
}

is_credential(_, value) if data.lib.secrets.is_secret_value(value)
