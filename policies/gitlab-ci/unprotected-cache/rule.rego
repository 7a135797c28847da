# METADATA
# scope: package
# title: Cache shared with unprotected branches
# description: "What a job of any branch leaves in the cache is built into what protected branches deliver."
# related_resources:
#   - https://docs.gitlab.com/ci/yaml/#cacheunprotect
# custom:
#   id: gitlab-ci/unprotected-cache
#   severity: medium
#   remediation: Remove `unprotect`.
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.unprotected_cache

import rego.v1

deny contains result if {
	some owner in data.lib.gitlab.owners
	some keys in array.concat([["cache"]], [["cache", index] | some index; is_object(owner.spec.cache[index])])
	object.get(owner.spec, array.concat(keys, ["unprotect"]), false) == true
	result := {
		"msg": sprintf("%s shares its cache with unprotected branches", [owner.subject]),
		"path": array.concat(owner.path, array.concat(keys, ["unprotect"])),
	}
}
