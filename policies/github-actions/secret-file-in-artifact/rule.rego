# METADATA
# scope: package
# title: Secret kept as an artifact
# description: "Artifacts can be fetched by everyone who can read the repository, of a public one by everyone who is logged in: keys and passwords in them are given away."
# related_resources:
#   - https://docs.github.com/en/actions/concepts/workflows-and-actions/workflow-artifacts
# custom:
#   id: github-actions/secret-file-in-artifact
#   severity: high
#   remediation: Leave the file out, and replace what was in it.
#   profiles:
#     - recommended
#     - strict
package github_actions.secret_file_in_artifact

import rego.v1

uploads := {"actions/upload-artifact", "actions/upload-pages-artifact", "actions/cache", "actions/cache/save"}

deny contains result if {
	some step in data.lib.github.steps
	data.lib.github.calls_one_of(step, uploads)
	some line in split(sprintf("%v", [data.lib.github.with_input(step, "path")]), "\n")
	kept := trim_space(line)
	data.lib.secret_files.is_one(kept)
	not startswith(kept, "!")
	result := {
		"msg": sprintf("%s keeps `%s` where others can fetch it", [step.subject, kept]),
		"path": data.lib.github.input_path(step, "path"),
		"text": kept,
	}
}
