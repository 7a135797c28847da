# METADATA
# scope: package
# title: Result of a check thrown away
# description: "A check that may fail stops nothing: what it finds is delivered, and soon nobody reads it."
# related_resources:
#   - https://docs.gitlab.com/ci/yaml/#allow_failure
# custom:
#   id: gitlab-ci/ignored-check
#   severity: medium
#   remediation: Let the check fail the pipeline, and accept single findings where the checker keeps its exceptions.
#   profiles:
#     - strict
package gitlab_ci.ignored_check

import rego.v1

deny contains result if {
	some job in data.lib.gitlab.jobs
	job.spec.allow_failure == true
	is_check(job)
	result := {
		"msg": sprintf("%s may fail, and stops nothing", [job.subject]),
		"path": array.concat(job.path, ["allow_failure"]),
	}
}

deny contains result if {
	some script in data.lib.gitlab.scripts
	some command in data.lib.script.commands(script.text)
	some program in data.lib.scanners.ignored(command.joined)
	result := {
		"msg": sprintf("%s throws away what `%s` says", [script.owner.subject, program]),
		"path": script.path,
		"text": command.line,
	}
}

is_check(job) if data.lib.scanners.is_check_name(job.name)

is_check(job) if {
	some script in data.lib.gitlab.scripts
	script.owner.path == job.path
	data.lib.scanners.is_check_name(split(trim_space(script.text), " ")[0])
}
