# METADATA
# scope: package
# title: Part of the pipeline that may change
# description: "What is included from a branch, or from an address that nobody holds to a checksum, is another text tomorrow: whoever can change it runs what they like with the variables of this project."
# related_resources:
#   - https://docs.gitlab.com/ci/yaml/#include
# custom:
#   id: gitlab-ci/unpinned-include
#   severity: medium
#   remediation: "Name a tag or a commit as `ref`, a full version of a component, and `integrity` for what is fetched from elsewhere."
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.unpinned_include

import rego.v1

deny contains result if {
	some include in data.lib.gitlab.includes
	is_string(include.value)
	fault := moving(include)
	result := {
		"msg": sprintf("included %s `%s` %s", [include.kind, include.value, fault]),
		"path": include.path,
	}
}

branches := {"main", "master", "trunk", "develop", "dev", "head", "latest", "stable", "~latest"}

moving(include) := "is held to no checksum" if {
	include.kind == "remote"
	regex.match(`^https://`, lower(include.value))
	not include.spec.integrity
	not regex.match(`/[0-9a-f]{40}/`, include.value)
} else := "names no `ref`, so it follows the default branch" if {
	include.kind == "project"
	not include.spec.ref
} else := sprintf("follows the branch `%s`", [include.spec.ref]) if {
	include.kind == "project"
	lower(sprintf("%v", [include.spec.ref])) in branches
} else := "follows its newest version" if {
	include.kind == "component"
	lower(version(include.value)) in (branches | {""})
}

version(component) := substring(component, indexof(component, "@") + 1, -1) if {
	contains(component, "@")
} else := ""
