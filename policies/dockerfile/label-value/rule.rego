# METADATA
# scope: package
# title: Label that does not say what it should
# description: These labels have a form that registries and scanners rely on; what is not in it is shown to nobody.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md
# custom:
#   id: dockerfile/label-value
#   severity: low
#   remediation: Write the value in the form of its label.
#   profiles:
#     - strict
#   equivalents:
#     - hadolint:DL3051
#     - hadolint:DL3052
#     - hadolint:DL3053
#     - hadolint:DL3054
#     - hadolint:DL3055
package dockerfile.label_value

import rego.v1

OCI := "org.opencontainers.image."

# What the value must look like, and how messages call it.
forms := {
	"url": [`^https?://[^ ]+$`, "no address"],
	"source": [`^(https?|ssh|git)://[^ ]+$|^git@[^ ]+$`, "no address"],
	"documentation": [`^https?://[^ ]+$`, "no address"],
	"created": [`^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$`, "no date of RFC 3339"],
	"licenses": [`^[(]*[A-Za-z0-9.+-]+[)]*( (AND|OR|WITH) [(]*[A-Za-z0-9.+-]+[)]*)*$`, "no SPDX expression"],
	"revision": [`^[0-9a-fA-F]{7,64}$`, "no commit"],
	"base.digest": [`^[a-z0-9+._-]+:[0-9a-fA-F]{32,128}$`, "no digest"],
}

deny contains result if {
	some instruction in data.lib.dockerfile.instructions
	instruction.cmd == "label"
	some index, word in instruction.values
	index % 3 == 0
	key := data.lib.dockerfile.unquoted(word)
	value := data.lib.dockerfile.unquoted(instruction.values[index + 1])
	fault := wrong(key, value)
	result := {
		"msg": sprintf("label `%s` %s", [key, fault]),
		"path": [instruction.index, "Value", index + 1],
	}
}

# What a variable holds is not known.
wrong(_, "") := "is empty"

wrong(key, value) := sprintf("is %s: `%s`", [form[1], value]) if {
	value != ""
	not contains(value, "$")
	startswith(key, OCI)
	form := forms[trim_prefix(key, OCI)]
	not regex.match(form[0], value)
}
