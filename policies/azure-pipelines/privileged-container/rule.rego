# METADATA
# scope: package
# title: Container with the rights of its machine
# description: "A privileged container, or one that has the socket of the container runtime or the namespaces of its machine, owns the agent it runs on, and on an agent of your own that is more than the job."
# related_resources:
#   - https://learn.microsoft.com/en-us/azure/devops/pipelines/process/container-phases#options
# custom:
#   id: azure-pipelines/privileged-container
#   severity: high
#   remediation: Remove the option, and grant the single capability or device that is needed.
#   profiles:
#     - recommended
#     - strict
package azure_pipelines.privileged_container

import rego.v1

deny contains result if {
	some container in containers
	some option in data.lib.container_options.dangerous(sprintf("%v", [container.spec.options]))
	result := {
		"msg": sprintf("%s runs with `%s`", [container.subject, option]),
		"path": array.concat(container.keys, ["options"]),
	}
}

deny contains result if {
	some container in containers
	container.spec.mapDockerSocket == true
	result := {
		"msg": sprintf("%s is given the socket of the container runtime", [container.subject]),
		"path": array.concat(container.keys, ["mapDockerSocket"]),
	}
}

deny contains result if {
	some container in containers
	some index
	volume := container.spec.volumes[index]
	is_string(volume)
	data.lib.host.is_runtime_socket(split(volume, ":")[0])
	result := {
		"msg": sprintf("%s is given the socket of the container runtime", [container.subject]),
		"path": array.concat(container.keys, ["volumes", index]),
	}
}

containers := array.concat(
	[container |
		some index
		spec := input.resources.containers[index]
		is_object(spec)
		container := {
			"keys": ["resources", "containers", index],
			"spec": spec,
			"subject": sprintf("container `%v`", [object.get(spec, "container", index)]),
		}
	],
	[container |
		some owner in data.lib.azure.owners
		spec := owner.spec.container
		is_object(spec)
		container := {
			"keys": array.concat(owner.path, ["container"]),
			"spec": spec,
			"subject": sprintf("the container of %s", [owner.subject]),
		}
	],
)
