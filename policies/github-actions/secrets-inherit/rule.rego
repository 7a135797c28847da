# METADATA
# scope: package
# title: All secrets handed to another workflow
# description: "With `inherit` the called workflow, and every action in it, can read every secret of the repository and the organisation, not only those it needs."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idsecretsinherit
# custom:
#   id: github-actions/secrets-inherit
#   severity: medium
#   remediation: Name the secrets that the called workflow needs.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:secrets-inherit
package github_actions.secrets_inherit

import rego.v1

deny contains result if {
	some job in data.lib.github.jobs
	job.spec.secrets == "inherit"
	result := {
		"msg": sprintf("%s hands every secret to `%v`", [job.subject, object.get(job.spec, "uses", "nobody")]),
		"severity": severity(job.spec.uses),
		"path": array.concat(job.path, ["secrets"]),
	}
}

# What lies in the same repository could name the secrets itself.
severity(text) := "low" if {
	startswith(sprintf("%v", [text]), "./")
} else := "medium"
