# METADATA
# scope: package
# title: Secret in an output that is shown
# description: "Every `apply` prints it, and so does the log of the pipeline."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/values/outputs#sensitive-suppressing-values-in-cli-output
# custom:
#   id: terraform/output-not-sensitive
#   severity: medium
#   remediation: "Set `sensitive = true`, or write it to a secret store instead."
#   profiles:
#     - recommended
#     - strict
package terraform.output_not_sensitive

import rego.v1

deny contains result if {
	some name, index
	output := input.output[name][index]
	is_object(output)
	is_secret(name, output.value)
	not is_hidden(output)
	result := {
		"msg": sprintf("output `%s` is printed", [name]),
		"path": ["output", name, index],
		"conceal": data.lib.secrets.concealed(name, output.value),
	}
}

is_hidden(output) if output[["sensitive", "ephemeral"][_]] == true

is_secret(name, value) if {
	data.lib.secrets.is_secret_name(name)
	is_string(value)
}

is_secret(_, value) if {
	is_string(value)
	attribute := regex.find_all_string_submatch_n(`^[$][{][a-z0-9_]+[.][A-Za-z0-9_-]+(\[[^\]]*\])?[.]([a-z_]+)[}]$`, value, 1)[0][2]
	attribute in {"password", "secret", "private_key", "private_key_pem", "private_key_openssh", "secret_string", "primary_access_key", "secondary_access_key", "primary_connection_string", "admin_password", "master_password"}
}
