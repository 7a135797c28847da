//! Package URLs of any components: written, they read back as themselves; no text makes the parser panic.

use portcullis_model::Purl;
use proptest::prelude::*;

const TYPES: &[&str] = &["npm", "deb", "pypi", "golang", "git", "pub", "generic", "maven", "oci", "x.y+z-1"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), tail in "[ -~]{0,30}") {
        for text in [text.clone(), format!("pkg:{text}"), format!("pkg:npm/{tail}"), format!("pkg:npm/a{tail}")] {
            if let Ok(purl) = text.parse::<Purl>() {
                prop_assert_eq!(purl.to_string().parse::<Purl>(), Ok(purl));
            }
        }
    }

    #[test]
    fn what_is_built_reads_back(
        at in 0..TYPES.len(),
        namespace in proptest::option::of("[a-zA-Z@%?#/._: é]{1,8}"),
        name in "[a-zA-Z@%?#/._:+ é]{1,8}",
        version in proptest::option::of("[a-zA-Z0-9@%?#/._:+ é]{1,8}"),
        value in "[a-z=&?#%/ ]{0,6}",
        subpath in proptest::option::of("[a-z./%#]{1,6}"),
    ) {
        let pairs = [("key", value.as_str())];
        let Ok(purl) = Purl::build(TYPES[at], namespace.as_deref(), &name, version.as_deref(), pairs, subpath.as_deref()) else {
            return Ok(());
        };
        prop_assert_eq!(purl.to_string().parse::<Purl>(), Ok(purl.clone()), "{}", purl);
        prop_assert_eq!(Purl::parse_strict(&purl.to_string()), Ok(purl));
    }
}
