//! Policies in the manner of Conftest's users: bodies of `deny`, what they are asked about, and the lines their findings belong to.

use super::Case;
use super::documents::{COMPOSE, DEPLOYMENT, DOCKERFILE, INGRESS, SERVICE, SETTINGS, TERRAFORM, WORKFLOW};

pub(super) const CASES: &[Case] = &[
    Case(
        "root by default",
        DEPLOYMENT,
        "input.kind == \"Deployment\"
  not input.spec.template.spec.securityContext.runAsNonRoot
  msg := \"Containers must not run as root\"",
        &[13],
    ),
    Case(
        "labels that everything needs",
        DEPLOYMENT,
        "required := {\"app\", \"team\"}
  provided := {label | input.metadata.labels[label]}
  missing := required - provided
  count(missing) > 0
  msg := sprintf(\"you must provide labels: %v\", [missing])",
        &[5],
    ),
    Case(
        "a label by name",
        DEPLOYMENT,
        "not input.metadata.labels[\"app.kubernetes.io/name\"]
  msg := sprintf(\"%s must include Kubernetes recommended labels\", [input.metadata.name])",
        &[5],
    ),
    Case(
        "latest",
        DEPLOYMENT,
        "some container in input.spec.template.spec.containers
  endswith(container.image, \":latest\")
  msg := sprintf(\"Container %s uses the latest tag\", [container.name])",
        &[22],
    ),
    Case(
        "a tag or nothing",
        DEPLOYMENT,
        "container := input.spec.template.spec.containers[_]
  [_, tag] := split(container.image, \":\")
  tag == \"latest\"
  msg := \"images need a version\"",
        &[22],
    ),
    Case(
        "registries",
        DEPLOYMENT,
        "image := input.spec.template.spec.containers[_].image
  not startswith(image, \"registry.example/\")
  msg := sprintf(\"image '%v' comes from untrusted registry\", [image])",
        &[22],
    ),
    Case(
        "few replicas",
        DEPLOYMENT,
        "input.spec.replicas < 2
  msg := \"at least two replicas\"",
        &[8],
    ),
    Case(
        "privileged, without a name",
        DEPLOYMENT,
        "input.spec.template.spec.containers[_].securityContext.privileged
  msg := \"privileged containers are not allowed\"",
        &[33],
    ),
    Case(
        "a socket",
        DEPLOYMENT,
        "some volume in input.spec.template.spec.volumes
  volume.hostPath.path == \"/var/run/docker.sock\"
  msg := sprintf(\"volume %s mounts the engine\", [volume.name])",
        &[19],
    ),
    Case(
        "host paths of any kind",
        DEPLOYMENT,
        "volume := input.spec.template.spec.volumes[_]
  volume.hostPath
  msg := sprintf(\"hostPath volume '%s' is not allowed\", [volume.name])",
        &[18],
    ),
    Case(
        "host ports",
        DEPLOYMENT,
        "some i, j
  input.spec.template.spec.containers[i].ports[j].hostPort
  msg := \"host ports are not allowed\"",
        &[26],
    ),
    Case(
        "a password in the environment",
        DEPLOYMENT,
        "some container in input.spec.template.spec.containers
  some variable in container.env
  regex.match(\"(?i)password|secret|token\", variable.name)
  variable.value
  msg := sprintf(\"%s: variable %s holds a secret\", [container.name, variable.name])",
        &[31],
    ),
    Case(
        "limits",
        DEPLOYMENT,
        "some container in input.spec.template.spec.containers
  not container.resources.limits.memory
  msg := sprintf(\"Container %q has no memory limit\", [container.name])",
        &[39],
    ),
    Case(
        "limits unlike requests",
        DEPLOYMENT,
        "some c in input.spec.template.spec.containers
  c.resources.requests.memory != c.resources.limits.memory
  msg := sprintf(\"%s: limit and request differ\", [c.name])",
        &[38],
    ),
    Case(
        "capabilities that are kept",
        DEPLOYMENT,
        "some c in input.spec.template.spec.containers
  not \"ALL\" in object.get(c, [\"securityContext\", \"capabilities\", \"drop\"], [])
  msg := sprintf(\"%s must drop ALL\", [c.name])",
        &[43, 32],
    ),
    Case(
        "probes",
        DEPLOYMENT,
        "some c in input.spec.template.spec.containers
  probes := {\"livenessProbe\", \"readinessProbe\"}
  some probe in probes
  not c[probe]
  msg := sprintf(\"%s has no %s\", [c.name, probe])",
        &[39, 39, 21, 21],
    ),
    Case(
        "types of services",
        SERVICE,
        "input.kind == \"Service\"
  input.spec.type == \"LoadBalancer\"
  not input.metadata.annotations[\"internal\"]
  msg := \"no public load balancers\"",
        &[8],
    ),
    Case(
        "types of services from a list",
        SERVICE,
        "allowed := {\"ClusterIP\", \"NodePort\"}
  not allowed[input.spec.type]
  msg := sprintf(\"type %s is not allowed\", [input.spec.type])",
        &[8],
    ),
    Case(
        "ports of nodes",
        SERVICE,
        "port := input.spec.ports[_].nodePort
  port > 30000
  msg := sprintf(\"node port %d\", [port])",
        &[11],
    ),
    Case(
        "a wrong owner",
        SERVICE,
        "not regex.match(\"^squad-\", input.metadata.annotations.owner)
  msg := \"owners are squads\"",
        &[6],
    ),
    Case(
        "TLS",
        INGRESS,
        "input.kind == \"Ingress\"
  not input.spec.tls
  msg := sprintf(\"Ingress '%s' has no TLS\", [input.metadata.name])",
        &[5],
    ),
    Case(
        "hosts",
        INGRESS,
        "host := input.spec.rules[_].host
  not endswith(host, \".corp\")
  msg := sprintf(\"host %s is not ours\", [host])",
        &[7],
    ),
    Case(
        "a base that moves",
        DOCKERFILE,
        "some i
  input[i].Cmd == \"from\"
  val := split(input[i].Value[0], \":\")
  contains(lower(val[1]), \"latest\")
  msg := sprintf(\"Line %d: do not use 'latest' tag for base images\", [i])",
        &[5],
    ),
    Case(
        "the last user",
        DOCKERFILE,
        "users := [user | input[i].Cmd == \"user\"; user := input[i].Value[0]]
  users[count(users) - 1] == \"root\"
  msg := \"last USER must not be root\"",
        &[8],
    ),
    Case(
        "what is piped",
        DOCKERFILE,
        "input[i].Cmd == \"run\"
  regex.match(\"(curl|wget)[^|]*\\\\|\\\\s*(sh|bash)\", input[i].Value[0])
  msg := sprintf(\"do not pipe into a shell: %s\", [input[i].Value[0]])",
        &[2],
    ),
    Case(
        "secrets",
        DOCKERFILE,
        "input[i].Cmd == \"env\"
  contains(lower(input[i].Value[_]), \"token\")
  msg := \"no secrets in ENV\"",
        &[3],
    ),
    Case(
        "ADD",
        DOCKERFILE,
        "input[i].Cmd == \"add\"
  msg := \"use COPY instead of ADD\"",
        &[4],
    ),
    Case(
        "SSH",
        DOCKERFILE,
        "input[i].Cmd == \"expose\"
  input[i].Value[_] == \"22\"
  msg := \"SSH must not be exposed\"",
        &[7],
    ),
    Case(
        "a public bucket",
        TERRAFORM,
        "bucket := input.resource.aws_s3_bucket[name][_]
  bucket.acl == \"public-read\"
  msg := sprintf(\"bucket %s is public\", [name])",
        &[3],
    ),
    Case(
        "open to all",
        TERRAFORM,
        "rule := input.resource.aws_security_group_rule[name][_]
  rule.type == \"ingress\"
  contains(rule.cidr_blocks[_], \"0.0.0.0/0\")
  msg := sprintf(\"ASG `%v` defines a fully open ingress\", [name])",
        &[10],
    ),
    Case(
        "not encrypted",
        TERRAFORM,
        "some name
  db := input.resource.aws_db_instance[name][_]
  not db.storage_encrypted
  msg := sprintf(\"database %s is not encrypted\", [name])",
        &[13],
    ),
    Case(
        "a public database",
        TERRAFORM,
        "db := input.resource.aws_db_instance[name][_]
  db.publicly_accessible == true
  msg := \"databases stay inside\"",
        &[15],
    ),
    Case(
        "the network of the host",
        COMPOSE,
        "some name, service in input.services
  service.network_mode == \"host\"
  msg := sprintf(\"service %s uses the host's network\", [name])",
        &[5],
    ),
    Case(
        "a mount",
        COMPOSE,
        "some name
  startswith(input.services[name].volumes[_], \"/var/run/docker.sock\")
  msg := sprintf(\"%s mounts the engine\", [name])",
        &[9],
    ),
    Case(
        "untagged",
        COMPOSE,
        "some name, service in input.services
  not contains(service.image, \":\")
  msg := sprintf(\"%s: image without tag\", [name])",
        &[3],
    ),
    Case(
        "a password",
        COMPOSE,
        "some name, service in input.services
  some variable, value in service.environment
  contains(variable, \"PASSWORD\")
  value != \"\"
  msg := sprintf(\"%s: %s is written down\", [name, variable])",
        &[11],
    ),
    Case(
        "versions that move",
        WORKFLOW,
        "some job
  uses := input.jobs[job].steps[_].uses
  not regex.match(\"@[0-9a-f]{40}$\", uses)
  msg := sprintf(\"%s is not pinned\", [uses])",
        &[7],
    ),
    Case(
        "no rights said",
        WORKFLOW,
        "not input.permissions
  msg := \"permissions must be set\"",
        &[1],
    ),
    Case("debugging", SETTINGS, "input.server.debug\n  msg := \"debugging is on\"", &[2]),
    Case(
        "a secret in an address",
        SETTINGS,
        "walk(input, [path, value])
  is_string(value)
  regex.match(\"://[^/]+:[^/]+@\", value)
  msg := sprintf(\"%s holds a password\", [concat(\".\", path)])",
        &[5],
    ),
    Case("too small", SETTINGS, "input.database.pool < 10\n  msg := \"the pool is too small\"", &[6]),
];
