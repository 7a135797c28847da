//! An exact prefix, and everything that is none.

use super::*;

fn diff_id(digit: char) -> Digest {
    format!("sha256:{}", digit.to_string().repeat(64)).parse().expect("a digest")
}

/// Layers by their diff ids, `-` for none.
fn layers(ids: &str) -> Vec<Layer> {
    let layer = |(index, digit): (u32, char)| Layer {
        index: LayerIndex(index),
        digest: None,
        diff_id: (digit != '-').then(|| diff_id(digit)),
        media_type: String::new(),
        size: 0,
        created_by: None,
        base: None,
    };
    (0..).zip(ids.chars()).map(layer).collect()
}

fn config(label: Option<(&str, &str)>) -> ImageConfig {
    let mut config: ImageConfig = serde_json::from_str("{}").expect("a configuration");
    config.config.labels.extend(label.map(|(name, text)| (name.to_owned(), text.to_owned())));
    config
}

fn check(image: &str, base: Option<&str>, label: Option<(&str, &str)>, expected: &str) {
    let base = base.map(|ids| Base {
        name: "base:1".to_owned(),
        diff_ids: layers(ids).into_iter().map(|layer| layer.diff_id).collect(),
        ..Base::default()
    });
    let (boundary, problems) = Boundary::find(&layers(image), Some(&config(label)), base.as_ref());
    let number = boundary.layers.map_or("-".to_owned(), |(number, by)| format!("{number} {by:?}"));
    let told: Vec<String> =
        problems.iter().map(|found| format!("{}: {}", found.severity.name(), found.message)).collect();
    assert_eq!([vec![number], told].concat().join("\n"), expected, "{image} on {base:?}");
}

#[test]
fn an_exact_prefix_is_the_base() {
    check("abc", Some("ab"), None, "2 Option");
    check("abc", Some("abc"), None, "3 Option");
    check("abc", Some("a"), Some((NAME, "other")), "1 Option");
    check("abc", None, None, "-");
}

#[test]
fn what_is_no_prefix_is_said() {
    let told = |what: &str| format!("-\nwarning: {what}; nothing is told apart from the base image");
    check("abc", Some("ad"), None, &told("the image is not built on base:1: layer 1 is another than its"));
    check("a", Some("ab"), None, &told("the image is not built on base:1: that has 2 layers, the image 1"));
    check("a-c", Some("ab"), None, &told("whether the image is built on base:1 is not known: layer 1 has no diff id"));
    check("abc", Some("a-"), None, &told("whether the image is built on base:1 is not known: layer 1 has no diff id"));
    check("abc", Some(""), None, &told("the base image base:1 has no layers"));
}

#[test]
fn labels() {
    let top = |digit: char| format!(r#"{{"runImage":{{"topLayer":"{}"}}}}"#, diff_id(digit));
    check("abc", None, Some((LIFECYCLE, &top('b'))), "2 Label");
    let note = |what: &str| format!("-\nnote: the label `{LIFECYCLE}` {what}");
    check(
        "abc",
        None,
        Some((LIFECYCLE, &top('d'))),
        &note("names a topmost layer of the base that the image does not have"),
    );
    check("abc", None, Some((LIFECYCLE, "{}")), &note("names no topmost layer of a base"));
    check("abc", None, Some((LIFECYCLE, "x")), &note("is no JSON"));
    let named = "-\nnote: the image is built on `debian:12`, and nothing says which layers are its; --base tells";
    check("abc", None, Some((NAME, "debian:12")), named);
}
