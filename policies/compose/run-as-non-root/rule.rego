# METADATA
# scope: package
# title: Nothing keeps root out
# description: Without `user` the image decides who the program runs as, and most images name nobody, which is root.
# related_resources:
#   - https://docs.docker.com/reference/compose-file/services/#user
# custom:
#   id: compose/run-as-non-root
#   severity: low
#   remediation: Set `user` to a number other than 0, or waive the finding where the image names a user.
#   profiles:
#     - strict
package compose.run_as_non_root

import rego.v1

deny contains result if {
	some service in data.lib.compose.complete_services
	not data.lib.compose.is_stated(service, ["user"])
	result := {
		"msg": sprintf("%s names no user", [service.subject]),
		"path": service.path,
	}
}
