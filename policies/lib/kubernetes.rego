# METADATA
# title: Pods and containers of any Kubernetes object
# description: Finds the pod of every kind that has one and its containers, with the path of each inside the object
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/
package lib.kubernetes

import rego.v1

# Where the pod is, by kind, in the groups that come with Kubernetes.
builtin_pods := {
	"Pod": ["spec"],
	"PodTemplate": ["template", "spec"],
	"ReplicationController": ["spec", "template", "spec"],
	"Deployment": ["spec", "template", "spec"],
	"ReplicaSet": ["spec", "template", "spec"],
	"StatefulSet": ["spec", "template", "spec"],
	"DaemonSet": ["spec", "template", "spec"],
	"Job": ["spec", "template", "spec"],
	"CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
	"DeploymentConfig": ["spec", "template", "spec"],
}

# The same for well-known extensions, by group and kind.
extension_pods := {
	"apps.openshift.io/DeploymentConfig": ["spec", "template", "spec"],
	"argoproj.io/Rollout": ["spec", "template", "spec"],
	"serving.knative.dev/Service": ["spec", "template", "spec"],
	"serving.knative.dev/Configuration": ["spec", "template", "spec"],
	"serving.knative.dev/Revision": ["spec"],
	"keda.sh/ScaledJob": ["spec", "jobTargetRef", "template", "spec"],
	"apps.kruise.io/CloneSet": ["spec", "template", "spec"],
	"apps.kruise.io/StatefulSet": ["spec", "template", "spec"],
	"apps.kruise.io/DaemonSet": ["spec", "template", "spec"],
	"apps.kruise.io/BroadcastJob": ["spec", "template", "spec"],
}

# What is in these tables once more, for the sake of what can be seen at a glance: the kinds of both, and how apiVersion begins for
# those of extensions.
builtin_kinds := {
	"CronJob", "DaemonSet", "Deployment", "DeploymentConfig", "Job", "Pod", "PodTemplate", "ReplicaSet",
	"ReplicationController", "StatefulSet",
}

extension_kinds := {
	"BroadcastJob", "CloneSet", "Configuration", "DaemonSet", "DeploymentConfig", "Revision", "Rollout", "ScaledJob",
	"Service", "StatefulSet",
}

extension_groups := ["apps.kruise.io/", "apps.openshift.io/", "argoproj.io/", "keda.sh/", "serving.knative.dev/"]

# The part of apiVersion before the slash; empty for the core group.
group := split(input.apiVersion, "/")[0] if {
	contains(input.apiVersion, "/")
} else := ""

# Groups of Kubernetes itself have no dot or end in .k8s.io.
is_builtin_group if not contains(group, ".")

is_builtin_group if endswith(group, ".k8s.io")

pod_path := builtin_pods[input.kind] if is_builtin_group

pod_path := extension_pods[sprintf("%s/%s", [group, input.kind])] if {
	input.kind in extension_kinds
	some start in extension_groups
	startswith(input.apiVersion, start)
	not is_builtin_group
}

# Every pod of the object: {"path": of its spec, "spec": the spec, "owner": path of what holds spec and metadata, "holder": that}.
pods := array.concat(single_pods, array.concat(job_set_pods, volcano_pods))

single_pods := [pod |
	spec := object.get(input, pod_path, null)
	is_object(spec)
	owner := array.slice(pod_path, 0, count(pod_path) - 1)
	pod := {
		"path": pod_path,
		"spec": spec,
		"owner": owner,
		"holder": object.get(input, owner, {}),
	}
]

job_set_pods := [pod |
	input.kind == "JobSet"
	some index
	job := input.spec.replicatedJobs[index]
	spec := job.template.spec.template.spec
	is_object(spec)
	owner := ["spec", "replicatedJobs", index, "template", "spec", "template"]
	pod := {
		"path": array.concat(owner, ["spec"]),
		"spec": spec,
		"owner": owner,
		"holder": job.template.spec.template,
	}
]

volcano_pods := [pod |
	group == "batch.volcano.sh"
	input.kind == "Job"
	some index
	task := input.spec.tasks[index]
	spec := task.template.spec
	is_object(spec)
	owner := ["spec", "tasks", index, "template"]
	pod := {
		"path": array.concat(owner, ["spec"]),
		"spec": spec,
		"owner": owner,
		"holder": task.template,
	}
]

container_lists := {
	"initContainers": "init container",
	"containers": "container",
	"ephemeralContainers": "ephemeral container",
}

# Every container of every pod, init and ephemeral ones too:
# {"path": of the container, "spec": the container, "list": where it stands, "pod": its pod, "subject": how messages call it}.
containers := [container |
	some pod in pods
	some list, word in container_lists
	entries := pod.spec[list]
	is_array(entries)
	some index, spec in entries
	is_object(spec)
	container := {
		"path": array.concat(pod.path, [list, index]),
		"spec": spec,
		"list": list,
		"pod": pod,
		"subject": sprintf("%s `%v` of %s", [word, object.get(spec, "name", index), name]),
	}
]

# Containers that run as long as the pod does: no ephemeral ones, and of the init containers only sidecars.
lasting_containers := [container | some container in containers; is_lasting(container)]

is_lasting(container) if container.list == "containers"

is_lasting(container) if {
	container.list == "initContainers"
	container.spec.restartPolicy == "Always"
}

# Kinds whose pods end by themselves.
runs_to_completion if input.kind in {"Job", "CronJob", "JobSet", "ScaledJob", "BroadcastJob"}

# How messages call the object: its kind and its name.
name := sprintf("%v `%v`", [object.get(input, "kind", "object"), object_name])

object_name := value if {
	value := input.metadata.name
	value != null
} else := concat("", [input.metadata.generateName, "*"]) if {
	is_string(input.metadata.generateName)
} else := "without name"

# A field of a container's security context, or of its pod's when the container leaves it out: what counts when it runs.
effective(container, field) := {"value": value, "path": path} if {
	value := container.spec.securityContext[field]
	value != null
	path := array.concat(container.path, ["securityContext", field])
} else := {"value": value, "path": path} if {
	value := container.pod.spec.securityContext[field]
	value != null
	path := array.concat(container.pod.path, ["securityContext", field])
}

# Every place that may hold a security context: the pods and the containers, as {"path", "value", "subject"}.
security_contexts := array.concat(pod_security_contexts, container_security_contexts)

pod_security_contexts := [context |
	some pod in pods
	value := pod.spec.securityContext
	is_object(value)
	context := {"path": array.concat(pod.path, ["securityContext"]), "value": value, "subject": name, "pod": pod}
]

container_security_contexts := [context |
	some container in containers
	value := container.spec.securityContext
	is_object(value)
	path := array.concat(container.path, ["securityContext"])
	context := {"path": path, "value": value, "subject": container.subject, "pod": container.pod}
]

# True when the container or its pod as a whole has the resource in one of the fields `requests` and `limits`.
has_resource(container, fields, resource) if container.spec.resources[fields[_]][resource] != null

has_resource(container, fields, resource) if container.pod.spec.resources[fields[_]][resource] != null

# Pods that say they run on Windows; the Pod Security Standards lift their Linux-only controls for these.
is_windows(pod) if pod.spec.os.name == "windows"

# Also pods that only nodes with Windows can take.
lands_on_windows(pod) if is_windows(pod)

lands_on_windows(pod) if pod.spec.nodeSelector["kubernetes.io/os"] == "windows"

# Pods in a user namespace of their own: root inside is nobody outside.
has_user_namespace(pod) if pod.spec.hostUsers == false

# True for a hostPath volume that is the socket of a container runtime.
is_runtime_socket(source) if {
	is_string(source.path)
	regex.match(`(^|[/\\])(docker|containerd|crio|cri-dockerd|dockershim|podman)\.sock/*$|[/\\]pipe[/\\](docker_engine|containerd-containerd)$`, source.path)
}

# What a quantity is worth: `500m`, `1Gi`, `1e3`, `2`. Undefined for what is none.
quantity(value) := value if is_number(value)

quantity(value) := to_number(number) * scales[unit] if {
	is_string(value)
	number := trim_right(value, "mkMGTPEi")
	is_amount(number)
	unit := trim_prefix(value, number)
}

# Digits, perhaps with a fraction and an exponent of at most two digits. A regular expression would take many times as long.
is_amount(number) if {
	number != ""
	trim(number, "0123456789") == ""
}

is_amount(number) if is_decimal(number)

is_amount(number) if {
	parts := split(lower(number), "e")
	count(parts) == 2
	is_decimal(parts[0])
	is_digits(parts[1])
	count(parts[1]) < 3
}

is_decimal(number) if is_digits(number)

is_decimal(number) if {
	parts := split(number, ".")
	count(parts) == 2
	is_digits(parts[0])
	is_digits(parts[1])
}

is_digits(text) if {
	text != ""
	trim(text, "0123456789") == ""
}

scales := {
	"": 1, "m": 0.001, "k": 1000, "M": 1000000, "G": 1000000000, "T": 1000000000000, "P": 1000000000000000, "E": 1000000000000000000,
	"Ki": 1024, "Mi": 1048576, "Gi": 1073741824, "Ti": 1099511627776, "Pi": 1125899906842624, "Ei": 1152921504606846976,
}

# Every volume of every pod: {"path", "spec", "subject"}.
volumes := [volume |
	some pod in pods
	entries := pod.spec.volumes
	is_array(entries)
	some index, spec in entries
	is_object(spec)
	volume := {
		"path": array.concat(pod.path, ["volumes", index]),
		"spec": spec,
		"subject": sprintf("volume `%v` of %s", [object.get(spec, "name", index), name]),
	}
]

# The minor version of the cluster that the objects are for: `parameters.kubernetes_version` of the data, `1.29`; else the newest
# one whose facts are known here.
minor := to_number(stated[0][1]) if count(stated) > 0

minor := 34 if count(stated) == 0

stated := [parts |
	version := data.parameters.kubernetes_version
	some parts in regex.find_all_string_submatch_n(`^v?1\.([0-9]{1,3})`, sprintf("%v", [version]), 1)
]
