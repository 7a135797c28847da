# METADATA
# scope: package
# title: Build with the rights of its machine
# description: "A build runs what its sources and their dependencies say; with the rights or the network of the machine they rule the machine, not only the image."
# related_resources:
#   - https://docs.docker.com/reference/compose-file/build/
# custom:
#   id: compose/privileged-build
#   severity: high
#   remediation: Remove the field, and move the step that needs it out of the build.
#   profiles:
#     - recommended
#     - strict
package compose.privileged_build

import rego.v1

deny contains result if {
	some service in data.lib.compose.services
	data.lib.compose.is_true(service.spec.build.privileged)
	result := {
		"msg": sprintf("the build of %s runs privileged", [service.subject]),
		"path": array.concat(service.path, ["build", "privileged"]),
	}
}

rights := {
	"security.insecure": {"word": "without a sandbox", "severity": "high"},
	"network.host": {"word": "in the network of its machine", "severity": "medium"},
}

deny contains result if {
	some service in data.lib.compose.services
	some index
	right := rights[service.spec.build.entitlements[index]]
	result := {
		"msg": sprintf("the build of %s may run %s", [service.subject, right.word]),
		"severity": right.severity,
		"path": array.concat(service.path, ["build", "entitlements", index]),
	}
}

deny contains result if {
	some service in data.lib.compose.services
	service.spec.build.network == "host"
	result := {
		"msg": sprintf("the build of %s runs in the network of its machine", [service.subject]),
		"severity": "medium",
		"path": array.concat(service.path, ["build", "network"]),
	}
}
