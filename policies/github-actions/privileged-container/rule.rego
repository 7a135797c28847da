# METADATA
# scope: package
# title: Container with the rights of its machine
# description: "A privileged container, or one that has the socket of the container runtime or the namespaces of its machine, owns the machine it runs on, and on a machine of your own that is more than the job."
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontaineroptions
# custom:
#   id: github-actions/privileged-container
#   severity: high
#   remediation: Remove the option, and grant the single capability or device that is needed.
#   profiles:
#     - recommended
#     - strict
package github_actions.privileged_container

import rego.v1

deny contains result if {
	some container in containers
	some option in data.lib.container_options.dangerous(container.options)
	result := {
		"msg": sprintf("%s runs with `%s`", [container.subject, option]),
		"path": array.concat(container.keys, ["options"]),
	}
}

deny contains result if {
	some container in containers
	some index
	volume := container.volumes[index]
	is_string(volume)
	data.lib.host.is_runtime_socket(split(volume, ":")[0])
	result := {
		"msg": sprintf("%s is given the socket of the container runtime", [container.subject]),
		"path": array.concat(container.keys, ["volumes", index]),
	}
}

containers := [container |
	some job in data.lib.github.jobs
	some keys in array.concat([["container"]], [["services", name] | some name; job.spec.services[name]])
	spec := object.get(job.spec, keys, null)
	is_object(spec)
	container := {
		"keys": array.concat(job.path, keys),
		"options": sprintf("%v", [object.get(spec, "options", "")]),
		"volumes": object.get(spec, "volumes", []),
		"subject": sprintf("`%s` of %s", [concat(".", keys), job.subject]),
	}
]
