# METADATA
# scope: package
# title: Module of Git by a tag, not by a commit
# description: "Whoever can push to its repository can move a tag. A commit is what it is."
# related_resources:
#   - https://developer.hashicorp.com/terraform/language/modules/sources#selecting-a-revision
# custom:
#   id: terraform/module-tag-not-commit
#   severity: low
#   remediation: "Name the commit in `?ref=`, and the tag in a comment beside it."
#   profiles:
#     - strict
#   equivalents:
#     - checkov:CKV_TF_1
package terraform.module_tag_not_commit

import rego.v1

deny contains result if {
	some name, index
	source := input.module[name][index].source
	is_string(source)
	not data.lib.terraform.is_computed(source)
	data.lib.terraform.is_git_source(source)
	revision := data.lib.terraform.revision(source)
	not regex.match(`^[0-9a-f]{40}([0-9a-f]{24})?$`, revision)
	result := {
		"msg": sprintf("module `%s` is not pinned to a commit", [name]),
		"path": ["module", name, index, "source"],
	}
}
