# METADATA
# scope: package
# title: Source that nobody verifies
# description: Whoever can push to the repository or registry decides what the cluster runs; a signature would show who made it.
# related_resources:
#   - https://fluxcd.io/flux/components/source/gitrepositories/#verification
#   - https://fluxcd.io/flux/components/source/ocirepositories/#verification
# custom:
#   id: kubernetes/flux-unverified-source
#   severity: low
#   remediation: Add `verify` with the keys or identities that sign.
#   profiles:
#     - strict
package kubernetes.flux_unverified_source

import rego.v1

deny contains result if {
	data.lib.kubernetes.group == "source.toolkit.fluxcd.io"
	input.kind in {"GitRepository", "OCIRepository"}
	is_object(input.spec)
	not input.spec.verify
	result := {
		"msg": sprintf("%s takes what nobody signed", [data.lib.kubernetes.name]),
		"path": ["spec"],
	}
}
