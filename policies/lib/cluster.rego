# METADATA
# title: Objects that stand together
# description: Of all objects that were found together, which pods they make, what selects what, and whether all of them are known
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
package lib.cluster

import rego.v1

# Places of the objects of each kind in the input, which is `[{"path", "contents"}]`.
places := grouped([[kind, place] |
	some place
	kind := input[place].contents.kind
	is_string(kind)
])

# Places of the objects of a kind. That their kind is the one that was asked for says what rules need to have something to say.
of(kind) := {place |
	some place in places[kind]
	input[place].contents.kind == kind
}

# Places of services, which most rules that see all objects ask for alone.
services := {place |
	some place
	input[place].contents.kind == "Service"
}

# What stands with each key in pairs of a key and a value: sets by their keys. Sorted, the pairs of one key stand together.
grouped(pairs) := {key: members |
	sorted := sort(pairs)
	starts := [index | some index, pair in sorted; not sorted[index - 1][0] == pair[0]]
	ends := array.concat(array.slice(starts, 1, count(starts)), [count(sorted)])
	some at, start in starts
	key := sorted[start][0]
	members := {pair[1] | some pair in array.slice(sorted, start, ends[at])}
}

# Groups beside those of Kubernetes itself, by the places of their objects.
foreign := {place: group |
	some place
	version := input[place].contents.apiVersion
	is_string(version)
	contains(version, ".")
	group := group_of(input[place].contents)
	contains(group, ".")
}

group_of(item) := split(item.apiVersion, "/")[0] if {
	is_string(item.apiVersion)
	contains(item.apiVersion, "/")
} else := ""

# Empty for an object whose name is made when it is created.
name_of(item) := name if {
	name := item.metadata.name
	is_string(name)
} else := ""

# Empty for an object that goes wherever it is applied to: it may meet any other.
namespace_of(item) := namespace if {
	namespace := item.metadata.namespace
	is_string(namespace)
} else := ""

# How messages call an object.
shown(item) := sprintf("%v `%s`", [item.kind, name_of(item)])

# True for namespaces that may be one.
meets(left, right) if left == right

meets(left, right) if "" in {left, right}

# Everything that makes pods: {"place", "item", "name", "namespace", "labels" of the pods, "path" of their spec, "spec"}.
workloads := [workload |
	some place in makers
	item := input[place].contents
	path := pod_path(place, item.kind)
	spec := object.get(item, path, null)
	is_object(spec)
	labels := labels_at(item, array.concat(array.slice(path, 0, count(path) - 1), ["metadata", "labels"]))
	workload := {
		"place": place,
		"item": item,
		"name": name_of(item),
		"namespace": namespace_of(item),
		"labels": labels,
		"path": array.concat([place, "contents"], path),
		"spec": spec,
	}
]

# Places of what may make pods.
makers contains place if {
	some place
	input[place].contents.kind in data.lib.kubernetes.builtin_kinds
}

makers contains place if {
	some place
	item := input[place].contents
	item.kind in data.lib.kubernetes.extension_kinds
	some start in data.lib.kubernetes.extension_groups
	startswith(item.apiVersion, start)
}

# Labels are an object or nothing.
labels_at(item, path) := labels if {
	labels := object.get(item, path, {})
	is_object(labels)
} else := {}

pod_path(place, kind) := data.lib.kubernetes.builtin_pods[kind] if not foreign[place]

pod_path(place, kind) := data.lib.kubernetes.extension_pods[sprintf("%s/%s", [foreign[place], kind])]

# Namespaces and labels of most pods as they are written: who names both in full selects one, and nobody need look for it.
written := {[namespace, labels] |
	some place
	item := input[place].contents
	data.lib.kubernetes.builtin_pods[item.kind] == ["spec", "template", "spec"]
	not foreign[place]
	is_object(item.spec.template.spec)
	labels := item.spec.template.metadata.labels
	is_object(labels)
	some value in labels
	is_string(value)
	namespace := object.get(item, ["metadata", "namespace"], "")
}

# Places in the list of workloads by a label of their pods: `app=web`.
by_label := grouped([[label, index] |
	some index, workload in workloads
	some key, value in workload.labels
	is_string(value)
	label := concat("=", [key, value])
])

# Places in the list of workloads by kind and name.
by_name := grouped([[name, index] |
	some index, workload in workloads
	name := sprintf("%v/%s", [workload.item.kind, workload.name])
])

# Places of the workloads that labels alone select, as a Service does. Nothing for no labels.
selected(labels, namespace) := {index |
	some index in smallest(labels)
	workload := workloads[index]
	meets(workload.namespace, namespace)
	not differs(workload.labels, labels)
}

# Of the labels, the one that fewest pods have names all that can have every one of them.
smallest(labels) := sets[0] if {
	sets := sort_by_size([object.get(by_label, label, set()) | some label in label_texts(labels)])
}

label_texts(labels) := {concat("=", [key, value]) | some key, value in labels; is_string(value)}

sort_by_size(sets) := [sets[index] |
	size := min([count(one) | some one in sets])
	some index, one in sets
	count(one) == size
]

differs(own, wanted) if {
	some key, value in wanted
	object.get(own, key, null) != value
}

# Places of the workloads that a label selector selects: an empty one all, null none.
selected_by(selector, namespace) := found if {
	labels := selector.matchLabels
	is_object(labels)
	count(labels) > 0
	found := {index | some index in selected(labels, namespace); fits(workloads[index].labels, selector)}
} else := {index |
	is_object(selector)
	some index, workload in workloads
	meets(workload.namespace, namespace)
	fits(workload.labels, selector)
}

# What the expressions of a selector say of labels.
fits(labels, selector) if {
	every expression in expressions(selector) {
		is_met(expression, labels)
	}
}

expressions(selector) := list if {
	list := selector.matchExpressions
	is_array(list)
} else := []

is_met(expression, labels) if {
	expression.operator == "In"
	object.get(labels, expression.key, null) in expression.values
}

is_met(expression, labels) if {
	expression.operator == "NotIn"
	is_string(expression.key)
	is_array(expression.values)
	not object.get(labels, expression.key, null) in expression.values
}

is_met(expression, labels) if {
	expression.operator == "Exists"
	object.get(labels, expression.key, null) != null
}

is_met(expression, labels) if {
	expression.operator == "DoesNotExist"
	object.get(labels, expression.key, null) == null
}

# True when some of what makes pods or services may be out of sight: a file that could not be read, charts, operators, sources
# elsewhere. What is missing then may be there all the same.
is_open if input[_].contents == null

is_open if {
	some place, group in foreign
	not is_quiet(group, input[place].contents)
}

# Groups of Kubernetes itself, and extensions known to make nothing that a selector could mean.
is_quiet(group, item) if {
	endswith(group, ".k8s.io")
	not item.kind in {"JobSet", "Kustomization", "LeaderWorkerSet"}
}

is_quiet(group, _) if group in {
	"acme.cert-manager.io", "cert-manager.io", "cilium.io", "crd.projectcalico.org", "external-secrets.io", "bitnami.com", "keda.sh",
	"kyverno.io", "linkerd.io", "networking.istio.io", "policy.linkerd.io", "projectcalico.org", "security.istio.io",
	"source.toolkit.fluxcd.io", "telemetry.istio.io", "traefik.containo.us", "traefik.io", "apps.openshift.io", "route.openshift.io",
}

is_quiet("monitoring.coreos.com", item) if item.kind in {"ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe", "ScrapeConfig"}

is_quiet("argoproj.io", item) if item.kind in {"AppProject", "Rollout", "AnalysisTemplate", "ClusterAnalysisTemplate"}

is_quiet(group, item) if data.lib.kubernetes.extension_pods[sprintf("%s/%s", [group, item.kind])]

is_quiet("kustomize.config.k8s.io", item) if {
	item.kind == "Kustomization"
	not item.helmCharts
	not item.generators
	not has_remote(item)
}

has_remote(item) if {
	some field in ["resources", "bases", "components"]
	address := item[field][_]
	is_string(address)
	regex.match(`://|^git@|^github\.com`, address)
}

# Whether anything that makes pods was found for a namespace: only then can a selector be said to select nothing.
has_workloads(namespace) if {
	some other in namespaces
	meets(other, namespace)
}

namespaces := {workload.namespace | some workload in workloads}

# The workloads that a reference of kind and name means, as scaleTargetRef is one.
targets(reference, namespace) := {index |
	some index in object.get(by_name, sprintf("%v/%v", [reference.kind, reference.name]), set())
	meets(workloads[index].namespace, namespace)
}

# Places of autoscalers with the workload they are for: [place of the autoscaler, place in the list of workloads].
scaled contains [place, index] if {
	some place in of("HorizontalPodAutoscaler")
	item := input[place].contents
	some index in targets(item.spec.scaleTargetRef, namespace_of(item))
}

scaled contains [place, index] if {
	some place in of("ScaledObject")
	item := input[place].contents
	reference := item.spec.scaleTargetRef
	is_object(reference)
	kind := object.get(reference, "kind", "Deployment")
	some index in targets({"kind": kind, "name": reference.name}, namespace_of(item))
}

is_scaled(index) if scaled[_][1] == index
