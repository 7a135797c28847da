# METADATA
# scope: package
# title: Hook that outlasts the grace period
# description: "The grace period runs from the start of the hook: when it is over the container is killed, and the process never gets the signal to end."
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
# custom:
#   id: kubernetes/pre-stop-cut-off
#   severity: medium
#   remediation: Make terminationGracePeriodSeconds longer than the hook and the end of the process together.
#   profiles:
#     - recommended
#     - strict
package kubernetes.pre_stop_cut_off

import rego.v1

deny contains result if {
	some container in data.lib.kubernetes.containers
	some form, seconds in pauses(container)
	grace := grace_of(container.pod)
	is_number(seconds)
	grace > 0
	seconds >= grace
	result := {
		"msg": sprintf("%s waits %v s before it stops, and is killed after %v s", [container.subject, seconds, grace]),
		"path": array.concat(container.path, ["lifecycle", "preStop", form]),
	}
}

pauses(container) := object.union(slept(container), executed(container))

slept(container) := {"sleep": container.spec.lifecycle.preStop.sleep.seconds} if {
	container.spec.lifecycle.preStop.sleep.seconds
} else := {}

# `sleep 40`, with or without a shell and its path, if it is all of the command.
executed(container) := {"exec": to_number(found[0][1])} if {
	words := [word | word := container.spec.lifecycle.preStop.exec.command[_]; is_string(word)]
	count(words) > 0
	found := regex.find_all_string_submatch_n(`^(?:[a-z/]*sh -[a-z]*c )?[a-z/]*sleep ([0-9]{1,6})s?;?$`, concat(" ", words), 1)
	count(found) == 1
} else := {}

grace_of(pod) := seconds if {
	seconds := pod.spec.terminationGracePeriodSeconds
	is_number(seconds)
} else := 30
