//! Policies as layers of a registry.

use insta::assert_snapshot;

use crate::{Bundle, BundleFile, PolicyLayer, files_of_layers, layers_of_files};

const REGO: &str = "application/vnd.cncf.openpolicyagent.policy.layer.v1+rego";
const DATA: &str = "application/vnd.cncf.openpolicyagent.data.layer.v1+json";

fn layer(media_type: &str, title: &str, text: &str) -> PolicyLayer {
    PolicyLayer { media_type: media_type.to_owned(), title: title.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn check(layers: Vec<PolicyLayer>) -> String {
    let bundle = files_of_layers(layers).map(|files| Bundle::of_files("oci:r/p:1", files, None));
    match bundle {
        Err(message) => message,
        Ok(Err(errors)) => errors.iter().map(|error| format!("{error}\n")).collect(),
        Ok(Ok(bundle)) => {
            let names: Vec<&str> = bundle.files.iter().map(|file| file.name.as_str()).collect();
            format!("{names:?} {} {:?}", bundle.data, bundle.revision)
        }
    }
}

#[test]
fn a_file_a_layer() {
    let policy = "package main\ndeny contains \"x\"\n";
    assert_snapshot!(check(vec![
        layer(REGO, "policy/deny.rego", policy),
        layer(REGO, "policy/lib/a.rego", "package lib.a\n"),
        layer(DATA, "policy/teams/names.json", "{\"a\": 1}"),
        layer(DATA, "policy/teams/more.yaml", "b: 2"),
    ]), @r#"["oci:r/p:1!/deny.rego", "oci:r/p:1!/lib/a.rego"] {"teams":{"a":1,"b":2}} """#);
    assert_snapshot!(check(vec![
        layer(REGO, "policy/deny.rego", policy),
        layer(DATA, "data/registries.yaml", "{\"registries\": [\"a\"]}"),
        layer(DATA, "data/teams/a.json", "{\"a\": 1}"),
    ]), @r#"["oci:r/p:1!/policy/deny.rego"] {"registries":["a"],"teams":{"a":1}} """#);
    assert_snapshot!(check(vec![layer(REGO, "a/deny.rego", policy), layer(DATA, "teams/data.json", "{\"a\": 1}")]), @r#"["oci:r/p:1!/a/deny.rego"] {"teams":{"a":1}} """#);
    assert_snapshot!(check(vec![layer(REGO, "", policy)]), @r#"["oci:r/p:1!/.rego"] {} """#);
    assert_snapshot!(check(vec![
        layer(REGO, "a.rego", "package a\n"),
        layer("application/vnd.cncf.openpolicyagent.manifest.layer.v1+json", ".manifest", "{\"roots\": [\"b\"], \"revision\": \"7\"}"),
    ]), @"oci:r/p:1!/a.rego:1:1: package `a` is under none of the roots that .manifest names");
}

#[test]
fn what_is_no_policy() {
    assert_snapshot!(check(vec![layer("application/vnd.docker.image.rootfs.diff.tar.gzip", "", "")]), @"it holds a layer of the type `application/vnd.docker.image.rootfs.diff.tar.gzip`, which is no policy: is it an image?");
    assert_snapshot!(check(Vec::new()), @"it holds no layer");
    assert_snapshot!(check(vec![layer("application/vnd.oci.image.layer.v1.tar+gzip", "", "no archive")]), @"the bundle is no archive that can be read: failed to read entire block");
}

#[test]
fn there_and_back() {
    let file = |path: &str, text: &str| BundleFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let files = vec![
        file("lib/a.rego", "package lib.a\n"),
        file("data.yaml", "x: [1]"),
        file(".manifest", "{}"),
        file("main.rego", "package main\n"),
    ];
    let layers = layers_of_files(files).expect("all can be pushed");
    let titles: Vec<&str> = layers.iter().map(|layer| layer.title.as_str()).collect();
    assert_eq!(titles, [".manifest", "data.json", "lib/a.rego", "main.rego"]);
    assert_snapshot!(check(layers), @r#"["oci:r/p:1!/lib/a.rego", "oci:r/p:1!/main.rego"] {"x":[1]} """#);
    let signed = layers_of_files(vec![file(".signatures.json", "{}")]);
    assert!(signed.is_err_and(|message| message.contains("signed")));
}
