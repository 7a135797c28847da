# METADATA
# scope: package
# title: Load balancer for everyone
# description: The service gets an address of its own outside the cluster, and every address may connect.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
# custom:
#   id: kubernetes/load-balancer-open
#   severity: low
#   remediation: Name who may connect in `loadBalancerSourceRanges`, make it internal, or put the service behind an Ingress.
#   objects:
#     - Service
#   profiles:
#     - strict
#     - nsa-cisa
#   controls:
#     - nsa-cisa-1.2/network-separation
#   equivalents:
#     - kube-linter:exposed-services
package kubernetes.load_balancer_open

import rego.v1

deny contains result if {
	input.kind == "Service"
	data.lib.kubernetes.group == ""
	input.spec.type == "LoadBalancer"
	not input.spec.loadBalancerSourceRanges[0]
	not is_internal
	result := {
		"msg": sprintf("%s is a load balancer that every address may use", [data.lib.kubernetes.name]),
		"path": ["spec", "type"],
	}
}

deny contains result if {
	input.kind == "Service"
	data.lib.kubernetes.group == ""
	input.spec.type == "LoadBalancer"
	not is_internal
	some index
	input.spec.loadBalancerSourceRanges[index] in {"0.0.0.0/0", "::/0"}
	result := {
		"msg": sprintf("%s is a load balancer that every address may use", [data.lib.kubernetes.name]),
		"path": ["spec", "loadBalancerSourceRanges", index],
	}
}

annotations := {
	"service.beta.kubernetes.io/aws-load-balancer-internal": {"true", "0.0.0.0/0"},
	"service.beta.kubernetes.io/aws-load-balancer-scheme": {"internal"},
	"service.beta.kubernetes.io/azure-load-balancer-internal": {"true"},
	"networking.gke.io/load-balancer-type": {"internal"},
	"cloud.google.com/load-balancer-type": {"internal"},
	"service.beta.kubernetes.io/openstack-internal-load-balancer": {"true"},
	"service.beta.kubernetes.io/oci-load-balancer-internal": {"true"},
	"service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": {"private"},
	"service.beta.kubernetes.io/aws-load-balancer-source-ranges": set(),
}

is_internal if {
	some key, values in annotations
	lower(sprintf("%v", [input.metadata.annotations[key]])) in values
}

is_internal if {
	ranges := input.metadata.annotations["service.beta.kubernetes.io/load-balancer-source-ranges"]
	is_string(ranges)
	not contains(ranges, "0.0.0.0/0")
}
