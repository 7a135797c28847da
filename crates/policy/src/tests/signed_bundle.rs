//! Signed bundles. The keys were made for this test with openssl; hashes and tokens are those of another implementation.

use crate::{Bundle, BundleFile, BundleKey};

/// Hashes of the four files, the manifest and the data by their values.
const CLAIMS: &str = "eyJmaWxlcyI6W3sibmFtZSI6Ii5tYW5pZmVzdCIsImhhc2giOiIxMjE3NDY0ZDIzZjFiZmFhODk5YWNiMWU4ZDc2MTdhMjk4NjI1NDQwZDc1MTgzYmM4YTc4NjgyM2E0ZmE4YTdiIiwiYWxnb3JpdGhtIjoiU0hBLTI1NiJ9LHsibmFtZSI6InRlYW0vcnVsZXMucmVnbyIsImhhc2giOiJjYjk3MzdjMWQ0NjdjZmE3YWUyYzQzYzAxMzE3ZjE0MDlhNGJhY2FiOTY2NjFlMzRkMWY2YWI2MzM0MTY5ZDMyIiwiYWxnb3JpdGhtIjoiU0hBLTI1NiJ9LHsibmFtZSI6InRlYW0vbGltaXRzL2RhdGEuanNvbiIsImhhc2giOiI2ODFhMjVmZjkyNWU5ZjQwNmE5MDJmNTBjZjU4MzUzOThhZjQ2NjljYmE5ODZmMmIyYjE3NGVkZWZmYTQwNWZjIiwiYWxnb3JpdGhtIjoiU0hBLTI1NiJ9LHsibmFtZSI6IlJFQURNRS5tZCIsImhhc2giOiIyMjQ5NGFmNTU2YTA3ODI2MjM3MjlkMGI1YTk4NzhmODBhYTZjMjFhNmY1MWQzNDY3NzE4NDJkNjEzZjUxMDczYzNiMDJmYWIyMTFiYWZmNDJmYjE5OThmMzhiNzcyNTBkYzdhMWM3MWRkOThiNGIwMGNhZTk2MjBhNjEwMmFkNyIsImFsZ29yaXRobSI6IlNIQS01MTIifV19";
const RSA: &str = "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA8zd/XlroWg2ao8lfrtcf\nqK59xVuNgFJzn3R0WAOLifS61P19X3/O1tGe11AReofFjhmw0s83zaJvJraLy2XU\nla7i0IZI1XcbTbZ2D31Wy7T4fmlTnx+4ifH8cJ7uhPt9Orq0yY16+InARfjqIhlx\nksjz3hVKlMVsi5OZuU7rdqfEsGB/1DKuSOfWnnxUuthYXY9x4LV1uW4NvRsErQqq\nKo4EdeG8c5ZOaG2zbkurP/gfiofvBqP2OEY4KJSslm+M/tcRcclf1Bwf8uY12R7o\nSFVg5gFexAQlwUc+inrU3Txa08da/MOxouoeWTvgJaPJZQN8rfIK5O3jE4gHFH25\nmQIDAQAB\n-----END PUBLIC KEY-----\n";
const EC: &str = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEk4Y1CFFabSt0xfu1RwqrMjRooUNh\n5U3XcgQ5lbUA0ngtyPzoBALCx43t53Yl/LLN4X63lDISS6/PbI9TLMvEPQ==\n-----END PUBLIC KEY-----\n";
/// Headers and signatures.
const RS256: [&str; 2] = [
    "eyJhbGciOiAiUlMyNTYifQ",
    "5JIWLc6sFSSD2F5vnmwXnfUXdlkGEip-RWo3_o84ry_IARttehyDPuLH8KzeaZDBb3bWNYGbTfBVajVFVd0y38X2cC-TwCSSa6GNPJWYYelMA6Jurg6-hWxz-ej8kb64hgDYiYVpFewQ1DK4KeMuuvLT1RrazccS9Z_u-q7ERYpH7c4H8BNfGLho7IJjh0g4XqE2w89IqrmuNCjrztZKaMsyRILHZdMqxlEh9urV-7VylsMWJZ5VkZCQwwOrDWl6_yHQw6IYX1R0txJI5IqV8ftlTeynvF5WpoJQWIpPC0M5BHkNcUMRB5TWlyCzDyK-2Xx_nAILvPN37S38kMHfnA",
];
const ES256: [&str; 2] = [
    "eyJhbGciOiAiRVMyNTYifQ",
    "v_5pMJTiq7RLbUMwLoRZsj9iyi5CyU02WqfRWxvC705RNeJBXmDyaXgk3FOTt7JYmjHlilwYpMxZcdpeHpje3Q",
];
/// With the secret `secret`.
const HS256: [&str; 2] = ["eyJhbGciOiAiSFMyNTYifQ", "6UYPzsTY8T_csX1i9YsV37FXOmgWBskrI0_35qK9R_8"];
/// With the text of the public key for a secret.
const CONFUSED: [&str; 2] = ["eyJhbGciOiAiSFMyNTYifQ", "IJnO9ktDqL7qi3zH79WwiAZ1tz7DMOP5DMjy00SjH44"];

const FILES: [(&str, &str); 4] = [
    (".manifest", "{\"revision\": \"r1\", \"roots\": [\"team\"]}"),
    ("team/rules.rego", "package team.rules\ndeny contains \"x\" if data.team.limits.cpu == 2\n"),
    ("team/limits/data.json", "{\"cpu\": 2, \"a\": [1, \"<é>\"]}"),
    ("README.md", "no"),
];

fn file((path, text): &(&str, &str)) -> BundleFile {
    BundleFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() }
}

fn signatures(tokens: &[[&str; 2]]) -> BundleFile {
    let tokens: Vec<String> =
        tokens.iter().map(|[header, signature]| format!("{header}.{CLAIMS}.{signature}")).collect();
    file(&(".signatures.json", &serde_json::json!({"signatures": tokens}).to_string()))
}

/// `ok`, or why a bundle is refused.
fn check(files: Vec<BundleFile>, key: &str) -> String {
    match Bundle::of_files("b", files, Some(&BundleKey::new(key))) {
        Ok(bundle) => format!("ok {}", bundle.files.len()),
        Err(errors) => errors.iter().map(ToString::to_string).collect(),
    }
}

fn signed(token: [&str; 2]) -> Vec<BundleFile> {
    FILES.iter().map(file).chain([signatures(&[token])]).collect()
}

#[test]
fn whole_bundles_are_taken() {
    assert_eq!(check(signed(RS256), RSA), "ok 1");
    assert_eq!(check(signed(ES256), EC), "ok 1");
    assert_eq!(check(signed(HS256), "secret\n"), "ok 1");
    let mut reordered = signed(RS256);
    reordered[2] = file(&("team/limits/data.json", "{\"a\": [1,\n \"<\\u00e9>\"], \"cpu\": 2}"));
    assert_eq!(check(reordered, RSA), "ok 1", "data is what it says, not how it is written");
}

#[test]
fn keys_that_do_not_fit_are_refused() {
    assert_eq!(check(signed(RS256), EC), "b: .signatures.json: it is not signed with the key that was given");
    assert_eq!(check(signed(HS256), "other"), "b: .signatures.json: it is not signed with the key that was given");
    assert_eq!(
        check(signed(CONFUSED), RSA),
        "b: .signatures.json: it is signed with HS256, a secret, and the key that was given is a public one"
    );
    assert_eq!(check(signed(RS256), "secret"), "b: .signatures.json: the key is neither PEM nor JSON");
    let none = [CONFUSED[0].replace("SFMyNTYi", "bm9uZSIi"), String::new()];
    assert!(check(signed([&none[0], ""]), RSA).contains(".signatures.json: "));
}

#[test]
fn files_that_are_not_what_was_signed_are_refused() {
    let changed = |change: &dyn Fn(&mut Vec<BundleFile>)| {
        let mut files = signed(RS256);
        change(&mut files);
        check(files, RSA)
    };
    assert_eq!(changed(&|files| files[1].bytes.push(b' ')), "b: `team/rules.rego` is not what was signed");
    let data = file(&("team/limits/data.json", "{\"cpu\": 3, \"a\": [1, \"<é>\"]}"));
    assert_eq!(changed(&|files| files[2] = data.clone()), "b: `team/limits/data.json` is not what was signed");
    assert_eq!(changed(&|files| drop(files.remove(3))), "b: `README.md` was signed and is not in the bundle");
    let more = file(&("more.rego", "package more"));
    assert_eq!(changed(&|files| files.push(more.clone())), "b: `more.rego` is not among the files that were signed");
    let again = file(&FILES[1]);
    assert_eq!(
        changed(&|files| files.push(again.clone())),
        "b: `team/rules.rego` is not among the files that were signed"
    );
    assert_eq!(
        changed(&|files| drop(files.pop())),
        "b: it is not signed: there is no .signatures.json, and a key was given"
    );
    let two = signatures(&[RS256, RS256]);
    assert_eq!(changed(&|files| files[4] = two.clone()), "b: .signatures.json holds 2 signatures, and one is read");
}
