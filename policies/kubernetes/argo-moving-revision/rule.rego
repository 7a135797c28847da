# METADATA
# scope: package
# title: Revision that moves
# description: "HEAD is whatever was pushed last: what runs is not what was reviewed when the application was made."
# related_resources:
#   - https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/
# custom:
#   id: kubernetes/argo-moving-revision
#   severity: low
#   remediation: Name a tag, a commit, or a branch that only the pipeline writes to.
#   profiles:
#     - strict
package kubernetes.argo_moving_revision

import rego.v1

deny contains result if {
	some application in data.lib.argo.applications
	some source in data.lib.argo.sources(application)
	is_object(source.spec)
	source.spec.repoURL
	not source.spec.ref
	object.get(source.spec, "targetRevision", "HEAD") in {"HEAD", "", "*", null}
	result := {
		"msg": sprintf("%s follows whatever is newest", [data.lib.kubernetes.name]),
		"path": array.concat(source.path, ["targetRevision"]),
	}
}
