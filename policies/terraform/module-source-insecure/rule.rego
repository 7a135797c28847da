# METADATA
# scope: package
# title: Module fetched in plain text
# description: "Anybody on the way can change what your credentials are then used for."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/modules/sources#http-urls
# custom:
#   id: terraform/module-source-insecure
#   severity: high
#   remediation: "Use https or ssh."
#   profiles:
#     - recommended
#     - strict
package terraform.module_source_insecure

import rego.v1

deny contains result if {
	some name, index
	source := input.module[name][index].source
	is_string(source)
	regex.match(`^([a-z0-9]+::)?(http|git)://`, source)
	result := {
		"msg": sprintf("module `%s` is fetched in plain text", [name]),
		"path": ["module", name, index, "source"],
	}
}
