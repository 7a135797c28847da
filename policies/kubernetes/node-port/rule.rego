# METADATA
# scope: package
# title: Service on a port of every node
# description: A NodePort opens a port on every node, past the rules of the load balancer and of most network policies.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
# custom:
#   id: kubernetes/node-port
#   severity: low
#   remediation: Use a ClusterIP behind an Ingress or a load balancer.
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:exposed-services
package kubernetes.node_port

import rego.v1

deny contains result if {
	input.kind == "Service"
	data.lib.kubernetes.group == ""
	input.spec.type == "NodePort"
	result := {
		"msg": sprintf("%s opens a port on every node", [data.lib.kubernetes.name]),
		"path": ["spec", "type"],
	}
}
