# METADATA
# scope: package
# title: Module that may change under you
# description: "Without a version, a tag or a commit the next `init` takes whatever is newest, and runs it with your credentials."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/modules/sources
#   - https://developer.hashicorp.com/terraform/language/modules/syntax#version
# custom:
#   id: terraform/module-not-pinned
#   severity: medium
#   remediation: "Give a module of a registry a `version`, one of Git `?ref=` with a tag or a commit."
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - checkov:CKV_TF_2
package terraform.module_not_pinned

import rego.v1

deny contains result if {
	some name, index
	module := input.module[name][index]
	source := module.source
	is_string(source)
	not data.lib.terraform.is_computed(source)
	fault := fault_of(module, source)
	result := {
		"msg": sprintf("module `%s` %s", [name, fault]),
		"path": ["module", name, index, "source"],
	}
}

fault_of(module, source) := "has no version" if {
	data.lib.terraform.is_registry_source(source)
	object.get(module, "version", "") == ""
}

fault_of(_, source) := "names neither a tag nor a commit" if {
	data.lib.terraform.is_git_source(source)
	data.lib.terraform.revision(source) == ""
}

fault_of(_, source) := sprintf("follows the branch `%s`", [revision]) if {
	data.lib.terraform.is_git_source(source)
	revision := data.lib.terraform.revision(source)
	lower(revision) in {"main", "master", "develop", "development", "dev", "trunk", "head", "latest", "stable", "staging", "production"}
}
