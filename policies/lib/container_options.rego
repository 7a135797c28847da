# METADATA
# title: Options of docker run
# description: Knows the options that take down the walls between a container and its machine
package lib.container_options

import rego.v1

# The options in a line that do so.
dangerous(text) := {option |
	# Each option between two spaces of its own.
	line := regex.replace(text, `[[:space:]]+`, "  ")
	some found in regex.find_all_string_submatch_n(`(?:^|[[:space:]])(--privileged(?:=true)?|--(?:pid|ipc|uts|userns|network|net)(?:=|[[:space:]]+)["']?host|--cap-add(?:=|[[:space:]]+)["']?(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE)|--security-opt(?:=|[[:space:]]+)["']?[a-z]+[=:](?:unconfined|disable))["']?(?:[[:space:]]|$)`, line, -1)
	option := regex.replace(found[1], `[[:space:]]+`, " ")
}
