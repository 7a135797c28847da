# METADATA
# scope: package
# title: Node label that is gone
# description: No node has the label any more, so the pod finds no place, or the toleration no taint to tolerate.
# related_resources:
#   - https://kubernetes.io/docs/reference/labels-annotations-taints/
# custom:
#   id: kubernetes/removed-node-label
#   severity: medium
#   remediation: Use the label that follows it.
#   profiles:
#     - recommended
#     - strict
package kubernetes.removed_node_label

import rego.v1

# The minor version of Kubernetes 1 whose nodes do not get it, and what follows.
removed := {
	"node-role.kubernetes.io/master": [25, "node-role.kubernetes.io/control-plane"],
	"kubernetes.io/role": [16, "node-role.kubernetes.io/control-plane"],
	"beta.kubernetes.io/fluentd-ds-ready": [16, "a label of your own"],
}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	some key, fact in removed
	pod.spec.nodeSelector[key]
	data.lib.kubernetes.minor >= fact[0]
	result := {
		"msg": sprintf("%s asks for nodes with `%s`; use %s", [data.lib.kubernetes.name, key, fact[1]]),
		"path": array.concat(pod.path, ["nodeSelector", key]),
	}
}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	some index, position
	term := pod.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[index]
	expression := term.matchExpressions[position]
	expression.operator in {"In", "Exists"}
	fact := removed[expression.key]
	data.lib.kubernetes.minor >= fact[0]
	# Written for old and new clusters: another term asks for the other label.
	not asks_for(pod, fact[1])
	result := {
		"msg": sprintf("%s asks for nodes with `%s`; use %s", [data.lib.kubernetes.name, expression.key, fact[1]]),
		"path": array.concat(pod.path, ["affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms", index, "matchExpressions", position, "key"]),
	}
}

asks_for(pod, key) if {
	term := pod.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[_]
	term.matchExpressions[_].key == key
}

deny contains result if {
	some pod in data.lib.kubernetes.pods
	some index
	toleration := pod.spec.tolerations[index]
	fact := removed[toleration.key]
	data.lib.kubernetes.minor >= fact[0]
	not tolerates(pod, fact[1])
	result := {
		"msg": sprintf("%s tolerates only `%s`; use %s", [data.lib.kubernetes.name, toleration.key, fact[1]]),
		"path": array.concat(pod.path, ["tolerations", index, "key"]),
	}
}

tolerates(pod, key) if pod.spec.tolerations[_].key == key

tolerates(pod, _) if {
	toleration := pod.spec.tolerations[_]
	toleration.operator == "Exists"
	not toleration.key
}
