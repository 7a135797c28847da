# METADATA
# scope: package
# title: Update that stops before it starts
# description: "`Recreate` ends every pod before the first new one starts; the service is away for as long as that takes, and longer if the new version fails."
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment
# custom:
#   id: kubernetes/recreate-strategy
#   severity: low
#   remediation: Use RollingUpdate; keep Recreate for what can run only once, such as a volume one node may mount.
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:no-rolling-update-strategy
package kubernetes.recreate_strategy

import rego.v1

deny contains result if {
	input.kind == "Deployment"
	data.lib.kubernetes.group == "apps"
	input.spec.strategy.type == "Recreate"
	result := {
		"msg": sprintf("%s stops all its pods before it starts new ones", [data.lib.kubernetes.name]),
		"path": ["spec", "strategy", "type"],
	}
}
