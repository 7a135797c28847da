# METADATA
# scope: package
# title: Secret kept as an artifact
# description: "Artifacts can be fetched by everyone who can see the pipeline, in a public project by everyone: keys and passwords in them are given away."
# related_resources:
#   - https://docs.gitlab.com/ci/yaml/#artifacts
# custom:
#   id: gitlab-ci/secret-file-in-artifact
#   severity: high
#   remediation: Leave the file out, and hand it to later jobs as a variable of type file.
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.secret_file_in_artifact

import rego.v1

deny contains result if {
	some owner in data.lib.gitlab.owners
	some index
	path := owner.spec.artifacts.paths[index]
	data.lib.secret_files.is_one(path)
	result := {
		"msg": sprintf("%s keeps `%s` as an artifact", [owner.subject, path]),
		"path": array.concat(owner.path, ["artifacts", "paths", index]),
	}
}
