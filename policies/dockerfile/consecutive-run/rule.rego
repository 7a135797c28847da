# METADATA
# scope: package
# title: Two RUN one after the other
# description: "Each makes a layer: what the second deletes stays in the first, and the image gets no smaller."
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/
# custom:
#   id: dockerfile/consecutive-run
#   severity: low
#   remediation: Join them with `&&`, or write a here-document.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3059
package dockerfile.consecutive_run

import rego.v1

# In stages whose layers are not shipped it costs nothing.
deny contains result if {
	some index, entry in input
	entry.Cmd == "run"
	before := input[index - 1]
	before.Cmd == "run"
	before.Stage == entry.Stage
	before.Flags == entry.Flags
	entry.Stage in data.lib.dockerfile.shipped
	not entry.Heredocs
	not before.Heredocs
	result := {
		"msg": "this RUN could be part of the one before",
		"path": [index],
	}
}
