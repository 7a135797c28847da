# METADATA
# scope: package
# title: Project without borders
# description: A star in the project lets every application in it come from any repository, go into any namespace, or make any object of the cluster, roles among them.
# related_resources:
#   - https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
# custom:
#   id: kubernetes/argo-project-open
#   severity: medium
#   remediation: Name the repositories, the destinations and the kinds that the team needs.
#   profiles:
#     - recommended
#     - strict
package kubernetes.argo_project_open

import rego.v1

deny contains result if {
	is_project
	some index
	input.spec.sourceRepos[index] == "*"
	result := {
		"msg": sprintf("%s takes sources of every repository", [data.lib.kubernetes.name]),
		"path": ["spec", "sourceRepos", index],
	}
}

deny contains result if {
	is_project
	some index
	destination := input.spec.destinations[index]
	is_object(destination)
	destination.namespace == "*"
	object.get(destination, "server", object.get(destination, "name", "*")) == "*"
	result := {
		"msg": sprintf("%s goes to every namespace of every cluster", [data.lib.kubernetes.name]),
		"path": ["spec", "destinations", index, "namespace"],
	}
}

# Within one cluster, the namespaces of the cluster itself are among them.
deny contains result if {
	is_project
	some index
	destination := input.spec.destinations[index]
	is_object(destination)
	destination.namespace == "*"
	object.get(destination, "server", object.get(destination, "name", "*")) != "*"
	result := {
		"msg": sprintf("%s goes to every namespace of its cluster", [data.lib.kubernetes.name]),
		"path": ["spec", "destinations", index, "namespace"],
	}
}

deny contains result if {
	is_project
	some index
	entry := input.spec.clusterResourceWhitelist[index]
	entry.group == "*"
	entry.kind == "*"
	result := {
		"msg": sprintf("%s makes every kind of object of the cluster", [data.lib.kubernetes.name]),
		"path": ["spec", "clusterResourceWhitelist", index],
	}
}

is_project if {
	input.kind == "AppProject"
	data.lib.kubernetes.group == "argoproj.io"
}
