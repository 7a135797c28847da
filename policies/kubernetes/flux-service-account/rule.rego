# METADATA
# scope: package
# title: Delivery with all rights
# description: "Without an account of its own it is applied with the rights of the controller, which mostly is an administrator: whoever writes to the source is one too."
# related_resources:
#   - https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control
# custom:
#   id: kubernetes/flux-service-account
#   severity: low
#   remediation: Name an account with the rights it needs in `serviceAccountName`.
#   profiles:
#     - strict
package kubernetes.flux_service_account

import rego.v1

deny contains result if {
	data.lib.kubernetes.group in {"kustomize.toolkit.fluxcd.io", "helm.toolkit.fluxcd.io"}
	input.kind in {"Kustomization", "HelmRelease"}
	is_object(input.spec)
	not input.spec.serviceAccountName
	not input.spec.kubeConfig
	result := {
		"msg": sprintf("%s is applied with the rights of the controller", [data.lib.kubernetes.name]),
		"path": ["spec"],
	}
}
