# METADATA
# scope: package
# title: Deployment to production from any branch
# description: "Nothing says when this job runs, so every branch that anyone pushes, and every merge request, goes to production."
# related_resources:
#   - https://docs.gitlab.com/ci/environments/deployment_safety/
# custom:
#   id: gitlab-ci/unrestricted-deploy
#   severity: high
#   remediation: "Give the job `rules` that name the branch or tag it runs for, and protect the environment."
#   profiles:
#     - recommended
#     - strict
package gitlab_ci.unrestricted_deploy

import rego.v1

deny contains result if {
	not input.workflow.rules
	some job in data.lib.gitlab.visible_jobs
	name := environment(job)
	regex.match(`(^|[^a-z])(prod|production|live)([^a-z]|$)`, lower(name))
	every key in ["rules", "only", "except", "when"] {
		data.lib.gitlab.stated(job, key) == null
	}
	not data.lib.gitlab.extends_elsewhere(job)
	not is_stop(job)
	result := {
		"msg": sprintf("%s goes to `%s` from any branch", [job.subject, name]),
		"path": array.concat(job.path, ["environment"]),
	}
}

environment(job) := found if {
	found := data.lib.gitlab.stated(job, "environment")
	is_string(found)
} else := name if {
	found := data.lib.gitlab.stated(job, "environment")
	name := found.name
	is_string(name)
}

# Taking an environment down or looking at it is no deployment.
is_stop(job) if job.spec.environment.action in {"stop", "verify", "access", "prepare"}
