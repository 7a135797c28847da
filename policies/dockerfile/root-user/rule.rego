# METADATA
# scope: package
# title: Image runs as root
# description: A program that runs as root in its container may write all of the image, and is root on the host if the isolation fails.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#user
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   id: dockerfile/root-user
#   severity: medium
#   remediation: Make a user and name it with USER in the last stage, by number so that the cluster can check it.
#   profiles:
#     - recommended
#     - strict
#     - cis-docker
#   controls:
#     - cis-docker-1.6/4.1
#   equivalents:
#     - hadolint:DL3002
#     - checkov:CKV_DOCKER_3
#     - checkov:CKV_DOCKER_8
#     - trivy:DS-0002
package dockerfile.root_user

import rego.v1

# The last USER counts, of the last stage or of the stages it is built on.
deny contains result if {
	user := last_user
	is_root(user.value)
	result := {
		"msg": sprintf("the image runs as `%s`", [user.value]),
		"path": [user.index, "Value", 0],
	}
}

deny contains result if {
	not has_user
	not is_unprivileged_base
	result := {
		"msg": "the image names no user and runs as the one of its base image, mostly root",
		"path": [data.lib.dockerfile.final_stage.from],
	}
}

users := [{"index": instruction.index, "value": value} |
	some instruction in data.lib.dockerfile.own_instructions
	instruction.cmd == "user"
	instruction.stage in data.lib.dockerfile.shipped
	value := user_of(instruction)
]

# A user that a variable names without a default is not known, and not root for all we know.
user_of(instruction) := value if {
	value := data.lib.dockerfile.expanded(data.lib.dockerfile.unquoted(instruction.values[0]), data.lib.dockerfile.variables_at(instruction.index))
} else := instruction.values[0]

last_user := users[count(users) - 1]

has_user if count(users) > 0

# With or without a group: 0, 0:0, root:wheel.
is_root(user) if lower(split(user, ":")[0]) in {"root", "0", "containeradministrator", "administrator"}

# Numbers may have leading zeros.
is_root(user) if regex.match(`^0+(:|$)`, user)

# Images that say in their name that they do not run as root, and the Windows base whose default user is none.
is_unprivileged_base if regex.match(`nonroot|non-root|unprivileged|rootless|windows/nanoserver`, lower(data.lib.dockerfile.root_image(data.lib.dockerfile.final_stage.index)))
