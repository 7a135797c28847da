//! What OPA 1.22 says, written down beside what is asked: capitals, blocks of addresses, complaints about a schema.

use super::messages;

/// What a term is, as OPA prints it.
fn check(term: &str, expected: &str) {
    let policy = format!("package main\nimport rego.v1\ndeny contains sprintf(\"%v\", [value]) if value := {term}");
    assert_eq!(messages(&policy, "a: 1"), [expected], "{term}");
}

#[test]
fn one_character_for_each() {
    check(r#"upper("ß ŉ ﬁ ǰ ΐ ᾳ ᾼ ᾁ ǆ ǅ ı ſ µ ÿ ς a")"#, "ß ŉ ﬁ ǰ ΐ ᾼ ᾼ ᾉ Ǆ Ǆ I S Μ Ÿ Σ A");
    check(r#"lower("İ ΑΣ ΣΑΣ Ω K Å ẞ Ǆ ǅ A")"#, "i ασ σασ ω k å ß ǆ ǆ a");
    check(r#"[upper("straße-1"), lower("ABC")]"#, r#"["STRAßE-1", "abc"]"#);
}

#[test]
fn blocks_of_both_families() {
    let check = |blocks: &str, expected: &str| check(&format!("net.cidr_merge({blocks})"), expected);
    check(r#"["10.0.0.0/8", "::/0"]"#, r#"{"::/0"}"#);
    check(r#"["0.0.0.0/0", "::/0"]"#, r#"{"::/0"}"#);
    check(r#"["10.0.0.0/9", "10.128.0.0/9", "fe80::/11", "fe90::/11"]"#, r#"{"10.0.0.0/8", "fe80::/11"}"#);
    check(r#"["2001:db8::/33", "2001:db8:8000::/33", "192.0.2.0/24"]"#, r#"{"192.0.2.0/24", "2001:db8::/32"}"#);
    check(r#"["::/96", "0.0.0.0/0"]"#, r#"{"0.0.0.0/0", "::/96"}"#);
    check(r#"["::ffff:10.0.0.0/104", "10.0.0.0/8"]"#, r#"{"10.0.0.0/8"}"#);
    check(r#"["255.255.255.255/32", "::/128"]"#, r#"{"255.255.255.255/32", "::/128"}"#);
    check(r#"["10.0.0.1/32", "10.0.0.2/32", "10.0.0.3/32"]"#, r#"{"10.0.0.1/32", "10.0.0.2/31"}"#);
}

/// A range from the last IPv4 address on is of no family.
#[test]
fn blocks_that_go_on_in_the_other_family() {
    let set = super::loaded(
        "package main\nimport rego.v1\ndeny contains \"x\" if count(net.cidr_merge([\"255.255.255.255/32\", \"::1:0:0:0/128\"])) > 0",
        &crate::Options::default(),
    );
    let evaluation = set.evaluate(&super::documents("a: 1")[0], &model::Cancel::new());
    let said: Vec<&str> = evaluation.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(said.len() == 1 && said[0].contains("blocks of both families"), "{said:?}");
}

#[test]
fn complaints_about_a_schema() {
    let check = |document: &str, schema: &str, expected: &str| {
        check(&format!("[x.error | some x in json.match_schema({document}, {schema})[1]]"), expected);
    };
    check(
        r#"{"a": {"x": 1, "y": {}}, "b": null}"#,
        r#"{"required": ["q"], "additionalProperties": false,
            "properties": {"a": {"required": ["r", "s"], "properties": {"x": {"type": "string"}, "y": {"required": ["t"]}}}}}"#,
        r#"["(Root): q is required", "(Root): Additional property b is not allowed", "a: r is required", "a: s is required", "a.x: Invalid type. Expected: string, given: integer", "a.y: t is required"]"#,
    );
    let one = |value: &str, schema: &str, expected: &str| {
        let (document, schema) = (format!("{{\"a\": {value}}}"), format!("{{\"properties\": {{\"a\": {schema}}}}}"));
        check(&document, &schema, &format!("[\"a: {expected}\"]"));
    };
    one("1.5", r#"{"type": "integer"}"#, "Invalid type. Expected: integer, given: number");
    one("true", r#"{"type": ["integer", "null"]}"#, "Invalid type. Expected: [integer,null], given: boolean");
    one("3", r#"{"enum": [1, "x", null]}"#, r#"a must be one of the following: 1, \"x\", null"#);
    one("3", r#"{"const": {"z": 1}}"#, r#"a does not match: {\"z\":1}"#);
    one("3", r#"{"minimum": 5}"#, "Must be greater than or equal to 5");
    one("3", r#"{"maximum": 2}"#, "Must be less than or equal to 2");
    one("3", r#"{"exclusiveMinimum": 3}"#, "Must be greater than 3");
    one("3", r#"{"exclusiveMaximum": 3}"#, "Must be less than 3");
    one("3", r#"{"multipleOf": 2}"#, "Must be a multiple of 2");
    one(r#""xyz""#, r#"{"minLength": 5}"#, "String length must be greater than or equal to 5");
    one(r#""xyz""#, r#"{"maxLength": 2}"#, "String length must be less than or equal to 2");
    one(r#""xyz""#, r#"{"pattern": "^a"}"#, "Does not match pattern '^a'");
    one("[1, 1, 2]", r#"{"uniqueItems": true}"#, "array items[0,1] must be unique");
    one("[1]", r#"{"minItems": 5}"#, "Array must have at least 5 items");
    one("[1, 2]", r#"{"maxItems": 1}"#, "Array must have at most 1 items");
    one("[1, 2]", r#"{"items": [{}], "additionalItems": false}"#, "No additional items allowed on array");
    one("{}", r#"{"minProperties": 5}"#, "Must have at least 5 properties");
    one(r#"{"b": 1, "c": 2}"#, r#"{"maxProperties": 1}"#, "Must have at most 1 properties");
    one(r#"{"x": 1}"#, r#"{"dependencies": {"x": ["z"]}}"#, "Has a dependency on z");
    one("{}", r#"{"not": {"type": "object"}}"#, "Must not validate the schema (not)");
    one("1", "false", "False always fails validation");
}
