# METADATA
# scope: package
# title: No place for the state is named
# description: "A configuration that sets up providers is applied by itself, and without a backend its state lands in a file beside whoever applied it last: unlocked, in plain text, on one machine."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/backend
# custom:
#   id: terraform/backend-missing
#   severity: medium
#   remediation: "Add a `backend` or `cloud` block to the `terraform` block."
#   input: documents
#   profiles:
#     - strict
package terraform.backend_missing

import rego.v1

deny contains result if {
	some name
	data.lib.terraform.modules[name]
	roots := [[place, kind, index] |
		some place in data.lib.terraform.modules[name]
		some kind, index
		body := input[place].contents.provider[kind][index]
		is_object(body)
	]
	count(roots) > 0
	not has_backend(name)
	[place, kind, index] := roots[0]
	result := {
		"msg": sprintf("%s is set up here, and no backend is named", [kind]),
		"path": [place, "contents", "provider", kind, index],
	}
}

has_backend(name) if {
	settings := data.lib.terraform.settings(name)
	settings[_][["backend", "cloud"][_]]
}
