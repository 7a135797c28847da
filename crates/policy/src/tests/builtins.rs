//! Builtins of our own, with the answers of OPA 1.22.2; and which of OPA's are not there.

use model::Cancel;

use super::{documents, faults, loaded, oracle};
use crate::Options;

fn answers(policy: &str) -> serde_json::Value {
    let set = loaded(policy, &Options::default());
    let documents = documents("a: 1");
    oracle::hold(&set, policy, &documents);
    let evaluation = set.evaluate(&documents[0], &Cancel::new());
    assert_eq!(evaluation.problems, []);
    evaluation.findings[0].evidence["details"]["answers"].clone()
}

#[test]
fn added_to_version_1() {
    let found = answers(
        "package main\ndeny contains {\"msg\": \"x\", \"answers\": [
  array.flatten([1, [2, [3]], {4}]), numbers.range(1, 3), numbers.range(3, 1), crypto.sha256(\"a\"),
  crypto.hmac.sha256(\"a\", \"k\"), crypto.hmac.sha512(\"a\", \"k\"), crypto.hmac.equal(\"a\", \"a\"),
  io.jwt.decode(\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln\"), net.cidr_intersects(\"10.0.0.0/8\", \"10.1.0.0/16\"),
  net.cidr_intersects(\"10.0.0.0/16\", \"10.1.0.0/16\"), net.cidr_intersects(\"::/0\", \"::1/128\")]}\n",
    );
    let expected = serde_json::json!([
        [1, 2, [3], [4]], [1, 2, 3], [3, 2, 1], "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        "78da91511e675587f5b9df78bedebaf5560da2abb88162ee875dcdf744951d9e",
        "82e0c15e0d62ab17984bea225bf7d28ad54f343dd6520c283c3a2cd43852a2f79c349cc9b7583317399ee38d722489b45a942667e55bc38c42a5bb203c0900c7",
        true, [{"alg": "HS256"}, {"sub": "1"}, "736967"], true, false, true
    ]);
    assert_eq!(found, expected);
}

#[test]
fn networks_texts_and_schemas() {
    let found = answers(
        "package main\ndeny contains {\"msg\": \"x\", \"answers\": [
  net.cidr_contains_matches(\"1.1.1.0/24\", \"1.1.1.128\"),
  net.cidr_contains_matches([\"1.1.1.0/24\", \"1.1.2.0/24\"], [[\"1.1.1.128/25\", \"b\"], \"9.9.9.9\"]),
  net.cidr_contains_matches({\"x\": [\"1.1.1.0/24\", 1]}, {\"1.1.1.1\"}),
  net.cidr_merge([\"192.0.128.0/24\", \"192.0.129.0/24\", \"10.0.0.0/25\"]), net.cidr_merge({\"2601:600:8a80:207e:a57d:7567:e2c9:e7b3/128\"}),
  net.cidr_merge([\"10.0.0.5\"]), regex.globs_match(\"a.a.[0-9]+z\", \"a.b.[0-9]*z\"), regex.globs_match(\"[pqrs]\", \".b\"),
  regex.globs_match(\"a*\", \"b*\"), uri.parse(\"https://u@ex.org:8443/a%20b/c?x=1#f\"), uri.is_valid(\"\"), uri.is_valid(\"a b://\"),
  uri.is_valid(\"/just/a/path\"), crypto.md5(\"a\"), crypto.sha1(\"a\"), crypto.hmac.md5(\"a\", \"k\"), crypto.hmac.sha1(\"a\", \"k\"),
  strings.split_n(\"a.b.c\", \".\", 2), strings.split_n(\"a.b.c\", \".\", -1), strings.split_n(\"a.b.c\", \".\", 0),
  yaml.unmarshal(\"a: [1, 'x', true, null, 1.5, 0o7]\\nb: &b {c: yes}\\nd: *b\"), yaml.is_valid(\"a: [\"), yaml.is_valid(\"a: b\"),
  yaml.marshal({\"b\": [1, {\"c\": \"x y\", \"d\": []}], \"a\": \"true\", \"e\": {}}),
  json.match_schema({\"a\": 1}, {\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"integer\"}}}),
  json.match_schema(\"{\\\"a\\\": \\\"x\\\"}\", {\"properties\": {\"a\": {\"type\": \"integer\"}}})[0],
  json.match_schema({\"a\": \"x\"}, {\"properties\": {\"a\": {\"type\": \"integer\"}}})[1][0].field,
  json.verify_schema({\"type\": \"object\"}), json.verify_schema({\"type\": 5})[0],
  json.verify_schema({\"$ref\": \"file:///etc/passwd\"})[0]]}\n",
    );
    insta::assert_snapshot!(serde_json::to_string_pretty(&found).expect("a value"), @r#"
    [
      [
        [
          "1.1.1.0/24",
          "1.1.1.128"
        ]
      ],
      [
        [
          0,
          0
        ]
      ],
      [
        [
          "x",
          "1.1.1.1"
        ]
      ],
      [
        "10.0.0.0/25",
        "192.0.128.0/23"
      ],
      [
        "2601:600:8a80:207e:a57d:7567:e2c9:e7b3/128"
      ],
      [
        "10.0.0.5/8"
      ],
      false,
      false,
      false,
      {
        "fragment": "f",
        "hostname": "ex.org",
        "path": "/a b/c",
        "port": "8443",
        "raw_path": "/a b/c",
        "raw_query": "x=1",
        "scheme": "https"
      },
      false,
      false,
      true,
      "0cc175b9c0f1b6a831c399e269772661",
      "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8",
      "ddcf3d210049e7135f61affae73731cd",
      "40e7d441cadb17b07f050341aa23a6820ed81c8b",
      [
        "a",
        "b"
      ],
      [
        "c"
      ],
      [],
      {
        "a": [
          1,
          "x",
          true,
          null,
          1.5,
          7
        ],
        "b": {
          "c": "yes"
        },
        "d": {
          "c": "yes"
        }
      },
      false,
      true,
      "a: \"true\"\nb:\n  - 1\n  - c: x y\n    d: []\ne: {}\n",
      [
        true,
        []
      ],
      false,
      "a",
      [
        true,
        null
      ],
      false,
      false
    ]
    "#);
}

#[test]
fn versions_templates_and_blanks() {
    // As OPA 1.22.3 answers.
    let set = loaded(
        "package main\ndeny contains {\"msg\": \"x\", \"answers\": [
  [semver.is_valid(version) | version := [\"v1.2.3\", \"V1.2.3\", \"vv1.2.3\", \"1.2\", \"v1.2.3-a+b\", \"01.2.3\", \"1.2.3-01\", \" 1.2.3\", \"1.2.3.4\", 1][_]],
  semver.compare(\"v1.2.3\", \"1.2.3\"), semver.compare(\"v1.2.3-rc1\", \"1.2.3\"), semver.compare(\"1.2.3-alpha.10\", \"1.2.3-alpha.9\"),
  semver.compare(\"1.2.3-a\", \"1.2.3-a.1\"), semver.compare(\"1.2.3+b\", \"1.2.3+a\"), semver.compare(\"1.10.0\", \"1.9.9\"),
  regex.template_match(\"urn:{.*}:x\", \"urn:abc:x\", \"{\", \"}\"), regex.template_match(\"urn:<a{2}>\", \"urn:aa\", \"<\", \">\"),
  regex.template_match(\"a.b\", \"axb\", \"{\", \"}\"), regex.template_match(\"u{a}\", \"uab\", \"{\", \"}\"), to_number(\"1e3\")]}\n",
        &Options::default(),
    );
    let evaluation = set.evaluate(&documents("a: 1")[0], &Cancel::new());
    let found = evaluation.findings[0].evidence["details"]["answers"].clone();
    let valid = [true, false, false, false, true, false, false, false, false, false];
    assert_eq!(found, serde_json::json!([valid, 0, -1, 1, -1, 0, 1, true, true, false, false, 1000]));
    // What none of them can do is undefined, and said.
    let set = loaded(
        "package main\ndeny contains \"x\" if to_number(\" 1\") == 1\nwarn contains \"x\" if regex.template_match(\"u{a\", \"ua\", \"{\", \"}\")\nviolation contains \"x\" if semver.compare(\"1.2\", \"1.2.3\") == -1\n",
        &Options::default(),
    );
    let evaluation = set.evaluate(&documents("a: 1")[0], &Cancel::new());
    assert_eq!((evaluation.findings.len(), evaluation.problems.len()), (0, 3), "{:?}", evaluation.problems);
}

#[test]
fn kept_for_version_0() {
    let list = "any([false, true]), any([]), all([true, true]), all([]), all([true, false]), set_diff({1, 2}, {2}), cast_array({2, 1}),
  cast_set([1, 1]), cast_string(\"a\"), cast_boolean(true), cast_null(null), cast_object({}), re_match(\"^a\", \"ab\"), any({true}),
  net.cidr_overlap(\"10.0.0.0/8\", \"10.1.0.0\")";
    let found = answers(&format!("package main\ndeny[x] {{ x := {{\"msg\": \"x\", \"answers\": [{list}]}} }}\n"));
    let expected =
        serde_json::json!([true, false, true, true, false, [1], [1, 2], [1], "a", true, null, {}, true, true, true]);
    assert_eq!(found, expected);
    let refused = faults(&format!("package main\nx := [{list}]\n"));
    assert_eq!(refused.lines().count(), 15, "{refused}");
}

#[test]
fn ranges_are_limited() {
    let set =
        loaded("package main\ndeny contains \"x\" if count(numbers.range(0, input.a)) > 0\n", &Options::default());
    let evaluation = set.evaluate(&documents("a: 9000000000000")[0], &Cancel::new());
    assert_eq!((evaluation.findings.len(), evaluation.unknown, evaluation.problems.len()), (0, 1, 1));
}

/// Every builtin of OPA 1.22.2 but those that are operators.
const OPA: &str = "abs all any array.concat array.flatten array.reverse array.slice assign base64.decode base64.encode base64.is_valid \
 base64url.decode base64url.encode base64url.encode_no_pad bits.and bits.lsh bits.negate bits.or bits.rsh bits.xor ceil concat \
 contains count crypto.hmac.equal crypto.hmac.md5 crypto.hmac.sha1 crypto.hmac.sha256 crypto.hmac.sha512 crypto.md5 \
 crypto.parse_private_keys crypto.sha1 crypto.sha256 crypto.x509.parse_and_verify_certificates \
 crypto.x509.parse_and_verify_certificates_with_options crypto.x509.parse_certificate_request crypto.x509.parse_certificates \
 crypto.x509.parse_keypair crypto.x509.parse_rsa_private_key endswith floor format_int glob.match glob.quote_meta \
 graph.reachable graph.reachable_paths graphql.is_valid graphql.parse graphql.parse_and_verify graphql.parse_query \
 graphql.parse_schema graphql.schema_is_valid hex.decode hex.encode http.send indexof indexof_n intersection io.jwt.decode \
 io.jwt.decode_verify io.jwt.encode_sign io.jwt.encode_sign_raw io.jwt.verify_eddsa io.jwt.verify_es256 io.jwt.verify_es384 \
 io.jwt.verify_es512 io.jwt.verify_hs256 io.jwt.verify_hs384 io.jwt.verify_hs512 io.jwt.verify_ps256 io.jwt.verify_ps384 \
 io.jwt.verify_ps512 io.jwt.verify_rs256 io.jwt.verify_rs384 io.jwt.verify_rs512 is_array is_boolean is_null is_number is_object \
 is_set is_string json.filter json.is_valid json.marshal json.marshal_with_options json.match_schema json.patch json.remove \
 json.unmarshal json.verify_schema lower max min net.cidr_contains net.cidr_contains_matches net.cidr_expand net.cidr_intersects \
 net.cidr_is_valid net.cidr_merge net.lookup_ip_addr numbers.range numbers.range_step object.filter object.get object.keys \
 object.remove object.subset object.union object.union_n opa.runtime print product providers.aws.sign_req rand.intn \
 regex.find_all_string_submatch_n regex.find_n regex.globs_match regex.is_valid regex.match regex.replace regex.split \
 regex.template_match rego.metadata.chain rego.metadata.rule rego.parse_module replace round semver.compare semver.is_valid sort \
 split sprintf startswith strings.any_prefix_match strings.any_suffix_match strings.count strings.render_template \
 strings.replace_n strings.reverse strings.split_n substring sum time.add_date time.clock time.date time.diff time.format time.now_ns \
 time.parse_duration_ns time.parse_ns time.parse_rfc3339_ns time.weekday to_number trace trim trim_left trim_prefix trim_right \
 trim_space trim_suffix type_name union units.parse units.parse_bytes upper uri.is_valid uri.parse urlquery.decode \
 urlquery.decode_object urlquery.encode urlquery.encode_object uuid.parse uuid.rfc4122 walk yaml.is_valid yaml.marshal \
 yaml.unmarshal";

#[test]
fn what_is_not_there_is_known() {
    let missing: Vec<&str> = OPA
        .split_whitespace()
        .filter(|name| !faults(&format!("package main\ndeny contains {name}(1)\n")).is_empty())
        .filter(|name| faults(&format!("package main\ndeny contains {name}(1)\n")).contains("there is no function"))
        .collect();
    insta::assert_snapshot!(missing.join(" "), @"all any assign crypto.parse_private_keys crypto.x509.parse_and_verify_certificates crypto.x509.parse_and_verify_certificates_with_options crypto.x509.parse_certificate_request crypto.x509.parse_certificates crypto.x509.parse_keypair crypto.x509.parse_rsa_private_key graphql.is_valid graphql.parse graphql.parse_and_verify graphql.parse_query graphql.parse_schema graphql.schema_is_valid http.send io.jwt.encode_sign io.jwt.encode_sign_raw io.jwt.verify_es512 net.lookup_ip_addr opa.runtime providers.aws.sign_req rego.metadata.chain rego.metadata.rule rego.parse_module strings.render_template");
}
