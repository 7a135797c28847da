# METADATA
# scope: package
# title: Repository of templates that may change
# description: "Templates and code of a branch are others tomorrow: whoever can push to it runs what they like with the service connections of this pipeline."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/security/resources
# custom:
#   id: azure-pipelines/unpinned-repository
#   severity: medium
#   remediation: "Name a tag: `ref: refs/tags/v1.4.0`, or a commit."
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.unpinned_repository

import rego.v1

deny contains result if {
	some index
	repository := input.resources.repositories[index]
	is_object(repository)
	fault := moving(repository)
	result := {
		"msg": sprintf("repository `%v` %s", [object.get(repository, "name", object.get(repository, "repository", index)), fault]),
		"severity": severity(repository),
		"path": cause(repository, index),
	}
}

moving(repository) := "names no `ref`, so it follows the default branch" if {
	not repository.ref
} else := sprintf("follows the branch `%s`", [trim_prefix(repository.ref, "refs/heads/")]) if {
	is_string(repository.ref)
	not regex.match(`^refs/tags/|^[0-9a-f]{40}$|[$][({\[]`, repository.ref)
}

# In the same organisation those who may push are known.
severity(repository) := "low" if {
	lower(sprintf("%v", [object.get(repository, "type", "git")])) == "git"
} else := "medium"

cause(repository, index) := ["resources", "repositories", index, "ref"] if {
	repository.ref
} else := ["resources", "repositories", index]
