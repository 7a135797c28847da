# METADATA
# scope: package
# title: Own runner for code of strangers
# description: "In a public repository anyone can open a pull request, and the code in it runs on a machine of your own: what it leaves there meets the next job, and its network is yours."
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use#hardening-for-self-hosted-runners
# custom:
#   id: github-actions/self-hosted-runner
#   severity: medium
#   remediation: Run pull requests on a runner of GitHub or on one that is thrown away after each job, or waive the finding for a private repository.
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - zizmor:self-hosted-runner
package github_actions.self_hosted_runner

import rego.v1

deny contains result if {
	events := data.lib.github.events & (data.lib.github.pull_request_events | data.lib.github.privileged_events)
	count(events) > 0
	some job in data.lib.github.jobs
	is_own(job)
	result := {
		"msg": sprintf("%s runs on a machine of your own, and `%s` starts it", [job.subject, concat("`, `", sort(events))]),
		"path": array.concat(job.path, ["runs-on"]),
	}
}

is_own(job) if "self-hosted" in labels(job.spec["runs-on"])

# A label that the matrix brings.
is_own(job) if {
	some label in labels(job.spec["runs-on"])
	contains(label, "matrix.")
	matrix := job.spec.strategy.matrix
	walk(matrix, [_, value])
	is_string(value)
	lower(value) == "self-hosted"
}

labels(runner) := {lower(runner)} if {
	is_string(runner)
} else := {lower(label) | label := runner[_]; is_string(label)} if {
	is_array(runner)
} else := labels_of_group(runner.labels) if {
	is_object(runner)
}

labels_of_group(found) := {lower(found)} if {
	is_string(found)
} else := {lower(label) | label := found[_]; is_string(label)}
