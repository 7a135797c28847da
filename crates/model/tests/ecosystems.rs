//! The table of ecosystems against the list of the OSV schema.

use std::collections::BTreeSet;

use portcullis_model::Family;

#[test]
fn names_are_those_of_the_schema() {
    let Some(path) = testkit::shared("conformance/osv/ecosystems.json") else { return };
    let listed: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&std::fs::read(path).expect("the list")).expect("JSON");
    let listed: BTreeSet<&str> = listed.keys().map(String::as_str).collect();
    let known: BTreeSet<&str> = Family::all().map(Family::osv_name).collect();
    // Every ecosystem of the schema has an ordering here, the lenient one where it documents none.
    assert_eq!(known, listed);
}
