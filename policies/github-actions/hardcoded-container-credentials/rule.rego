# METADATA
# scope: package
# title: Password of a registry written into a workflow
# description: A password in the file is readable by all who can read the repository and its history.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontainercredentials
# custom:
#   id: github-actions/hardcoded-container-credentials
#   severity: high
#   remediation: Take the password from `secrets`, and replace the one that was written down.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:hardcoded-container-credentials
package github_actions.hardcoded_container_credentials

import rego.v1

deny contains result if {
	some job in data.lib.github.jobs
	some keys in array.concat([["container"]], [["services", name] | some name; job.spec.services[name]])
	password := object.get(job.spec, array.concat(keys, ["credentials", "password"]), null)
	data.lib.secrets.is_literal(password)
	not contains(sprintf("%v", [password]), "${{")
	result := {
		"msg": sprintf("%s has the password of a registry written down for `%s`", [job.subject, concat(".", keys)]),
		"path": array.concat(job.path, array.concat(keys, ["credentials", "password"])),
		"conceal": [password],
	}
}
