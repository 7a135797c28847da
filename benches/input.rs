//! What the benches read: made here, the same on every machine, or a real image that the set-up made.

#![allow(dead_code, reason = "each bench uses its own part")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The date benches judge by.
pub(crate) const NOW: &str = "2026-08-25T00:00:00Z";

/// A `package-lock.json` of version 3 with so many packages; real names now and then, so that some match.
pub(crate) fn npm_lockfile(packages: usize) -> String {
    const REAL: [(&str, &str); 4] =
        [("lodash", "4.17.4"), ("handlebars", "4.0.5"), ("jquery", "1.9.0"), ("express", "4.18.2")];
    let mut text = String::from(
        "{\n  \"name\": \"bench\",\n  \"version\": \"1.0.0\",\n  \"lockfileVersion\": 3,\n  \"requires\": true,\n  \"packages\": {\n    \"\": { \"name\": \"bench\", \"version\": \"1.0.0\", \"dependencies\": { \"p0\": \"^1.0.0\" } }",
    );
    for at in 0..packages {
        let (name, version) = match REAL.get(at) {
            Some((name, version)) => ((*name).to_owned(), (*version).to_owned()),
            None => (format!("p{at}"), format!("1.{}.{}", at % 20, at % 7)),
        };
        let integrity =
            "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==";
        write!(
            text,
            ",\n    \"node_modules/{name}\": {{\n      \"version\": \"{version}\",\n      \"resolved\": \"https://registry.example/{name}/-/{name}-{version}.tgz\",\n      \"integrity\": \"{integrity}\",\n      \"license\": \"MIT\",\n      \"dependencies\": {{ \"p{}\": \"^1.0.0\" }}\n    }}",
            (at + 1) % packages
        )
        .expect("a string takes all");
    }
    text.push_str("\n  }\n}\n");
    text
}

/// A Kubernetes deployment with nothing set that policies ask for.
pub(crate) const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ledger
spec:
  replicas: 2
  selector:
    matchLabels: {app: ledger}
  template:
    metadata:
      labels: {app: ledger}
    spec:
      hostNetwork: true
      containers:
        - name: api
          image: registry.example/ledger:latest
          ports: [{containerPort: 8080}]
          env:
            - name: DB_PASSWORD
              value: hunter2
          securityContext:
            privileged: true
        - name: sidecar
          image: registry.example/proxy:1.2
";

/// The real Debian image of the set-up (an OCI layout), where it was made.
pub(crate) fn debian_image() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".cache/images/debian");
    path.join("index.json").exists().then_some(path)
}

/// A folder below `target` for what a bench must have on disk.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&path).expect("target is writable");
    path
}
