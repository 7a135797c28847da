//! Bundles: roots, data where its folder is, archives.

use insta::assert_snapshot;

use crate::{Bundle, BundleFile};

const POLICY: &str = "package team.rules\ndeny contains \"x\" if data.team.limits.cpu == 2\n";

fn files(files: &[(&str, &str)]) -> Vec<BundleFile> {
    let file = |(path, text): &(&str, &str)| BundleFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() };
    files.iter().map(file).collect()
}

/// The policies and data of a bundle, or what is wrong with it.
fn check(list: &[(&str, &str)]) -> String {
    shown(Bundle::of_files("bundle", files(list), None))
}

fn shown(bundle: Result<Bundle, Vec<crate::PolicyError>>) -> String {
    match bundle {
        Ok(bundle) => {
            let names: Vec<&str> = bundle.files.iter().map(|file| file.name.as_str()).collect();
            format!("{} {:?} {}", names.join(" "), bundle.revision, bundle.data)
        }
        Err(errors) => errors.iter().map(|error| format!("{error}\n")).collect(),
    }
}

#[test]
fn policies_and_data() {
    assert_snapshot!(check(&[
        (".manifest", "{\"revision\": \"r1\", \"roots\": [\"team\", \"/shared/\"]}"),
        ("team/rules.rego", POLICY),
        ("team/limits/data.json", "{\"cpu\": 2}"),
        ("shared/data.yaml", "names: [a]\n"),
        (".signatures.json", "{}"),
        ("README.md", "no"),
    ]), @r#"bundle!/team/rules.rego "r1" {"team":{"limits":{"cpu":2}},"shared":{"names":["a"]}}"#);
    assert_snapshot!(check(&[("data.json", "{\"a\": {\"b\": 1}}"), ("a/data.json", "{\"c\": 2}")]), @r#" "" {"a":{"b":1,"c":2}}"#);
}

#[test]
fn faults() {
    let manifest = (".manifest", "{\"roots\": [\"team\"]}");
    assert_snapshot!(check(&[manifest, ("a.rego", "package other\n"), ("data.json", "{\"out\": 1}")]), @r"
    bundle: data at `out` is under none of the roots that .manifest names
    bundle!/a.rego:1:1: package `other` is under none of the roots that .manifest names
    ");
    assert_snapshot!(check(&[(".manifest", "{\"roots\": [\"a\", \"a/b\"]}")]), @"bundle!/.manifest: the roots `a` and `a/b` of the manifest overlap");
    assert_snapshot!(check(&[(".manifest", "[")]), @"bundle!/.manifest: the manifest is not what a bundle has: EOF while parsing a list at line 1 column 1");
    assert_snapshot!(check(&[("data.json", "{\"a\": 1}"), ("a/data.json", "{\"c\": 2}")]), @"bundle!/a/data.json: `a` is given twice in the data of the bundle");
    assert_snapshot!(check(&[("data.json", "[1]")]), @"bundle!/data.json: data at the root of a bundle must be an object");
    assert_snapshot!(check(&[("a/data.yaml", "a: [")]), @"bundle!/a/data.yaml: no valid YAML: while parsing a node, did not find expected node content at byte 4 line 2 column 1");
}

#[test]
fn archives() {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, text) in [("/team/rules.rego", POLICY), ("./team/limits/data.json", "{\"cpu\": 2}")] {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_entry_type(tar::EntryType::Regular);
        let name = path.as_bytes();
        header.as_old_mut().name[..name.len()].copy_from_slice(name);
        header.set_cksum();
        builder.append(&header, text.as_bytes()).expect("memory");
    }
    let plain = builder.into_inner().expect("memory");
    assert_snapshot!(shown(Bundle::of_archive("b.tar", &plain, None)), @r#"b.tar!/team/rules.rego "" {"team":{"limits":{"cpu":2}}}"#);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &plain).expect("memory");
    let packed = packed.finish().expect("memory");
    assert_snapshot!(shown(Bundle::of_archive("b.tar.gz", &packed, None)), @r#"b.tar.gz!/team/rules.rego "" {"team":{"limits":{"cpu":2}}}"#);
    assert!(Bundle::of_archive("b.tar.gz", &packed[..packed.len() / 2], None).is_err());
    assert_snapshot!(shown(Bundle::of_archive("b.tar.gz", b"no archive", None)), @"b.tar.gz: the bundle is no archive that can be read: failed to read entire block");
}
