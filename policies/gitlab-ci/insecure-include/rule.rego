# METADATA
# scope: package
# title: Pipeline fetched without encryption
# description: "Whoever is on the way decides what the pipeline runs, with every variable of the project."
# related_resources:
#   - https://docs.gitlab.com/ci/yaml/#includeremote
# custom:
#   id: gitlab-ci/insecure-include
#   severity: high
#   remediation: Fetch it over HTTPS with `integrity`, better from a project on the same GitLab.
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.insecure_include

import rego.v1

deny contains result if {
	some include in data.lib.gitlab.includes
	include.kind == "remote"
	is_string(include.value)
	regex.match(`^[Hh][Tt][Tt][Pp]://`, include.value)
	result := {
		"msg": sprintf("`%s` is fetched without encryption", [include.value]),
		"path": include.path,
	}
}
