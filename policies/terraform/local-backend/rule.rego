# METADATA
# scope: package
# title: State kept in a local file
# description: "The file holds every value Terraform knows, secrets among them. On one machine nobody else can work with it, nothing locks it, and with the disk it is gone."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/backend/local
# custom:
#   id: terraform/local-backend
#   severity: medium
#   remediation: "Keep the state in a remote backend that encrypts and locks it."
#   profiles:
#     - recommended
#     - strict
package terraform.local_backend

import rego.v1

deny contains result if {
	some index
	backend := input.terraform[index].backend.local[_]
	is_object(backend)
	result := {
		"msg": "the state is kept in a local file",
		"path": ["terraform", index, "backend", "local"],
	}
}
